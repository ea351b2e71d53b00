using System.Collections.Immutable;

namespace Backprop;

/// <summary>What a model knows of a column that it reads.</summary>
sealed record ColumnCard
{
    /// <summary>The column.</summary>
    public required string Name { get; init; }

    /// <summary>What its cells are.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>The categories of training, or the texts for no and then those for yes; empty for numbers.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>How many of <see cref="Values"/> mean no, where it is a column of yes and no.</summary>
    public int NoCount { get; init; }

    /// <summary>The mean of the training rows' numbers; null where they are taken as they are, and for texts.</summary>
    public double? Mean { get; init; }

    /// <summary>Their deviation; null as <see cref="Mean"/> is.</summary>
    public double? Deviation { get; init; }

    /// <summary>What stands for a missing number, or null.</summary>
    public double? Fill { get; init; }

    /// <summary>Whether the network is told that a cell is missing.</summary>
    public bool TellsMissing { get; init; }

    /// <summary>The features made of it.</summary>
    public required int Features { get; init; }

    /// <summary>The card of a column.</summary>
    /// <param name="column">How the column becomes features.</param>
    /// <param name="kinds">The kinds of columns by the recipe.</param>
    public static ColumnCard Of(ColumnEncoder column, IReadOnlyDictionary<string, ColumnKind> kinds)
    {
        ImmutableArray<EncoderOperation> operations = column.Operations;
        (Lookup? lookup, YesNo? yesNo) =
            (operations.OfType<Lookup>().FirstOrDefault(), operations.OfType<YesNo>().FirstOrDefault());
        bool isNumber = lookup is null && yesNo is null;
        return new ColumnCard
        {
            Name = column.Name,
            Kind = kinds.TryGetValue(column.Name, out ColumnKind kind)
                ? kind
                : isNumber ? ColumnKind.Number : ColumnKind.Category,
            Values = lookup?.Values ?? (yesNo is null ? [] : [.. yesNo.No, .. yesNo.Yes]),
            NoCount = yesNo?.No.Length ?? 0,
            Mean = isNumber ? operations.OfType<Subtract>().FirstOrDefault()?.Value : null,
            Deviation = isNumber ? operations.OfType<Divide>().FirstOrDefault()?.Value : null,
            Fill = operations.OfType<FillMissing>().FirstOrDefault()?.Value,
            TellsMissing = lookup?.MissingHasIndex == true
                || operations.Any(operation => operation is MissingIndicator or IsMissing),
            Features = column.FeatureCount,
        };
    }
}
