namespace Backprop.Engine;

/// <summary>One trained factor for each value that flows in: x̃ⱼ = sⱼ·xⱼ, with s 1 at the start.</summary>
public sealed record Scale : Layer
{
    /// <summary>As many as flow in.</summary>
    public override int OutputsFor(int inputs) => inputs;

    /// <summary>The layer as the command line writes it: <c>scale</c>.</summary>
    public override string ToString() => "scale";

    internal override IEnumerable<TensorShape> TensorsFor(int inputs) =>
        [new TensorShape(TensorShape.Factors, TensorRole.Factor, 1, inputs, TensorStart.At(1))];
}
