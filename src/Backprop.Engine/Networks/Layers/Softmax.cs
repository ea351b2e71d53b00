namespace Backprop.Engine;

/// <summary>
/// Softmax of what flows in, xᵢ = e^uᵢ / Σⱼ e^uⱼ: the last layer of a network whose outputs are the probabilities of classes. It
/// couples the values, so it is a layer and not an activation. The loss that belongs to it takes its place.
/// </summary>
public sealed record Softmax : Layer
{
    /// <summary>As many as flow in.</summary>
    public override int OutputsFor(int inputs) => inputs;

    /// <summary>The layer as the command line writes it: <c>softmax</c>.</summary>
    public override string ToString() => "softmax";

    /// <summary>It belongs to the layer whose values it takes.</summary>
    internal override bool IsNumbered => false;

    internal override IEnumerable<TensorShape> TensorsFor(int inputs) => [];
}
