namespace Backprop.Engine;

/// <summary>Some steps of one epoch on end, as the loop gives them to an engine.</summary>
readonly ref struct Stretch
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The rows of the epoch in the order in which they are taken.</summary>
    public required int[] Order { get; init; }

    /// <summary>The position in the order of the first step's first row.</summary>
    public required int First { get; init; }

    /// <summary>How many rows all steps take together.</summary>
    public required int Rows { get; init; }

    /// <summary>How many rows each step takes; the last one what is left.</summary>
    public required int BatchSize { get; init; }

    /// <summary>η of each step.</summary>
    public required ReadOnlySpan<double> LearningRates { get; init; }

    /// <summary>How many steps there are.</summary>
    public int Steps => LearningRates.Length;
}
