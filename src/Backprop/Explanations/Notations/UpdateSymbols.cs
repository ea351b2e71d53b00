namespace Backprop;

/// <summary>What a notation calls a layer's parameters, their gradient, change and new values, in LaTeX.</summary>
readonly record struct UpdateSymbols
{
    public required string Weights { get; init; }

    public required string WeightEntry { get; init; }

    public required string WeightGradient { get; init; }

    public required string WeightChange { get; init; }

    public required string NewWeights { get; init; }

    public required string Biases { get; init; }

    public required string BiasGradient { get; init; }

    public required string BiasChange { get; init; }

    public required string NewBiases { get; init; }

    /// <summary>Whether the notation's gradient is −∂e/∂w: it climbs a likelihood.</summary>
    public bool IsAscent { get; init; }

    /// <summary>Whether the notation's bias is −b.</summary>
    public bool NegatesBiases { get; init; }
}
