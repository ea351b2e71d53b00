namespace Backprop.Cli;

/// <summary>A table of an explanation: the first columns hold words, the others numbers.</summary>
sealed record PageTable
{
    /// <summary>The column titles; those of words have no LaTeX.</summary>
    public required IReadOnlyList<MathText> Titles { get; init; }

    /// <summary>How many columns from the left hold words.</summary>
    public required int Words { get; init; }

    /// <summary>The lines; a cell of an entry's name has LaTeX, others are plain.</summary>
    public required IReadOnlyList<MathText[]> Lines { get; init; }

    /// <summary>What was left out, or null.</summary>
    public string? LeftOut { get; init; }

    /// <summary>A cell or title of plain text.</summary>
    public static MathText Plain(string text) => new("", text);
}
