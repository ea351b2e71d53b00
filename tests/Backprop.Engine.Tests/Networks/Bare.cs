namespace Backprop.Engine.Tests;

/// <summary>A kind of layer that has no tensors and yet is a layer k: only its shape.</summary>
sealed record Bare : Layer
{
    public override int OutputsFor(int inputs) => inputs;

    internal override IEnumerable<TensorShape> TensorsFor(int inputs) => [];
}
