namespace Backprop.Engine;

/// <summary>How values flow this time.</summary>
/// <param name="Epoch">The epoch whose dropout masks apply, or −1 where nothing is dropped.</param>
/// <param name="NeedsOutput">Whether the last layer's X is wanted; a joint loss takes its place and reads U alone.</param>
/// <param name="Learns">Whether batch statistics are those of the rows at hand.</param>
readonly record struct Pass(int Epoch, bool NeedsOutput, bool Learns)
{
    /// <summary>As a network predicts: nothing is dropped, and the outputs are wanted.</summary>
    public static Pass Prediction => new(-1, NeedsOutput: true, Learns: false);
}
