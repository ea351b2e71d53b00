using System.Globalization;

namespace Backprop.Engine;

/// <summary>One tensor [rows, columns] of a network's numbers: what it is, and where it lies among the others.</summary>
public sealed record Tensor
{
    /// <summary>The layer whose it is, counted from 0 in <see cref="Network.Layers"/>.</summary>
    public required int Layer { get; init; }

    /// <summary>The layer's number k, counted from 1 among <see cref="Network.NumberedLayers"/>.</summary>
    public required int Number { get; init; }

    /// <summary>Its name within the layer: <c>weights</c>, <c>bias</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What its numbers are for.</summary>
    public required TensorRole Role { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of columns, without padding.</summary>
    public required int Columns { get; init; }

    /// <summary>Elements from one row's start to the next's.</summary>
    public required int Stride { get; init; }

    /// <summary>Where its first element lies in the buffer.</summary>
    public required long Offset { get; init; }

    /// <summary>How its numbers begin.</summary>
    internal TensorStart Start { get; init; }

    /// <summary>How many numbers it has.</summary>
    public long Count => (long)Rows * Columns;

    /// <summary>The element after its last row's padding.</summary>
    internal long End => Offset + (long)Rows * Stride;

    /// <summary>Layer and name, as files write them: <c>layer1.weights</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"layer{Number}.{Name}");
}
