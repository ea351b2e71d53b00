namespace Backprop;

/// <summary>What the engine's notation calls a tensor of a layer that is not dense, in LaTeX.</summary>
readonly record struct TensorText
{
    /// <summary>The tensor.</summary>
    public required string Symbol { get; init; }

    /// <summary>The tensor in a word: <c>factors</c>.</summary>
    public required string Words { get; init; }

    /// <summary>What a row adds to its gradient; empty for running statistics.</summary>
    public required string Gradient { get; init; }

    /// <summary>What a shard's part of the gradient is called, without the shard's number.</summary>
    public required string Part { get; init; }

    /// <summary>Whether it is a matrix [in, out], and not a number for each neuron.</summary>
    public bool IsMatrix { get; init; }

    /// <summary>Which table of embeddings it is, counted from 1; 0 for other tensors.</summary>
    public int Table { get; init; }

    /// <summary>How a running statistic changes; null where shards are not shown, and for what has a gradient.</summary>
    public string? Change { get; init; }

    /// <summary>∂e by the tensor.</summary>
    public string GradientSymbol => $@"\partial e/\partial {Symbol}";
}
