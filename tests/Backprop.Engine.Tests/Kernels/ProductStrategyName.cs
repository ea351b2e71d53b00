namespace Backprop.Engine.Tests;

/// <summary>Public names of <see cref="ProductStrategy"/>, for the arguments of theories.</summary>
public enum ProductStrategyName
{
    Direct = ProductStrategy.Direct,
    Packed = ProductStrategy.Packed,
    Transposed = ProductStrategy.Transposed,
    Streamed = ProductStrategy.Streamed,
}
