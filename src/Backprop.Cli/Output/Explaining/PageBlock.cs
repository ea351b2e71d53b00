namespace Backprop.Cli;

/// <summary>One block of an explanation as people read it. Exactly one of its properties is set.</summary>
sealed record PageBlock
{
    /// <summary>A heading.</summary>
    public string? Heading { get; init; }

    /// <summary>Sentences.</summary>
    public string? Text { get; init; }

    /// <summary>A formula with what it is in words.</summary>
    public (MathText Formula, string Words)? Formula { get; init; }

    /// <summary>A table.</summary>
    public PageTable? Table { get; init; }

    /// <summary>A small matrix, for those who write matrices.</summary>
    public (MathText Symbol, string[][] Cells)? Matrix { get; init; }
}
