namespace Backprop.Engine;

/// <summary>
/// The shape of one layer: what it makes of the values that flow into it. It holds no numbers. The kinds are a closed family, one
/// file each here; what a kind does stands in the file of the same name under Flows/Layers, and its ONNX under Onnx/Layers.
/// </summary>
public abstract record Layer
{
    private protected Layer()
    {
    }

    /// <summary>
    /// Whether it computes on all rows of a shard together while a network learns: it then needs all of them in the workspace,
    /// and its workers wait for each other.
    /// </summary>
    public virtual bool NeedsWholeShard => false;

    /// <summary>
    /// Whether it is one of the layers k that files, texts and documents count; a layer that has tensors is, and so is one
    /// without that is no part of the layer before.
    /// </summary>
    internal virtual bool IsNumbered => true;

    /// <summary>How many values flow out of it.</summary>
    /// <param name="inputs">How many flow in.</param>
    /// <exception cref="ArgumentException">It does not take so many.</exception>
    public abstract int OutputsFor(int inputs);

    /// <summary>
    /// The tensors that its numbers are in, in their order; none for a layer without any. That it is internal closes the family.
    /// </summary>
    /// <param name="inputs">How many values flow in.</param>
    internal abstract IEnumerable<TensorShape> TensorsFor(int inputs);
}
