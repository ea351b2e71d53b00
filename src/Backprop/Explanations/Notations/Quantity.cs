using System.Collections.Immutable;
using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>One quantity of an explanation as a notation writes it: a symbol, a formula, words, and numbers.</summary>
public sealed record Quantity
{
    internal Quantity()
    {
    }

    /// <summary>Where it stands.</summary>
    public required QuantityPart Part { get; init; }

    /// <summary>The layer it belongs to, counted from 1; 0 for the inputs; null for the network as a whole.</summary>
    public required int? Layer { get; init; }

    /// <summary>What it is called; empty for a formula that says how things are done.</summary>
    public required MathText Symbol { get; init; }

    /// <summary>How it comes about, or null where it is given.</summary>
    public MathText? Formula { get; init; }

    /// <summary>What it is, in words.</summary>
    public required string Meaning { get; init; }

    /// <summary>Its numbers in the notation's own arrangement and sign, or null for a formula alone.</summary>
    public ReadOnlyMatrix<double>? Numbers { get; init; }

    /// <summary>What the lines of the numbers run over.</summary>
    public QuantityAxis Lines { get; init; }

    /// <summary>What the columns of the numbers run over.</summary>
    public QuantityAxis Columns { get; init; }

    /// <summary>The names of the lines.</summary>
    public ImmutableArray<string> LineNames { get; init; } = [];

    /// <summary>The names of the columns.</summary>
    public ImmutableArray<string> ColumnNames { get; init; } = [];

    /// <summary>Whether it is the one by which the largest entries of quantities side by side are chosen.</summary>
    public bool Ranks { get; init; }

    /// <summary>Which table of embeddings it is of, counted from 1; 0 for what is of none.</summary>
    internal int Table { get; init; }

    /// <summary>The LaTeX of one entry with #i for the line and #j for the column, or null where entries have no name.</summary>
    internal string? EntryPattern { get; init; }

    /// <summary>What one entry is called, such as W¹₃,₅.</summary>
    /// <param name="line">The line, counted from 0.</param>
    /// <param name="column">The column, counted from 0.</param>
    public MathText Entry(int line, int column) => EntryPattern is null ? Symbol : MathText.From(EntryPattern
        .Replace("#i", (line + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("#j", (column + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
