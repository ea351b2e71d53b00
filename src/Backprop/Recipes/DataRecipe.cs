namespace Backprop;

/// <summary>What a recipe says of the data: which columns, how they are read, and which rows are held out.</summary>
public sealed record DataRecipe
{
    /// <summary>The target columns.</summary>
    public required IReadOnlyList<string> Target { get; init; }

    /// <summary>What is to be predicted.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>The kind of each column that the model learns from, by name.</summary>
    public required IReadOnlyDictionary<string, ColumnKind> Columns { get; init; }

    /// <summary>How columns become inputs.</summary>
    public required EncodeKind Encode { get; init; }

    /// <summary>The texts that mean "missing".</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The decimal sign of numbers, a point or a comma.</summary>
    public required string Decimal { get; init; }

    /// <summary>The fraction of the rows held out for validation; null where the validation rows are a table of their own.</summary>
    public required double? Validation { get; init; }

    /// <summary>The fraction of the rows held out for the test; null where there is none or it is a table of its own.</summary>
    public required double? Test { get; init; }

    /// <summary>The column of row weights, or null.</summary>
    public required string? RowWeights { get; init; }

    /// <summary>Class weights: <c>balanced</c> or <c>class=weight,class=weight</c>; null for none.</summary>
    public required string? ClassWeights { get; init; }

    /// <summary>The class that two-class metrics take for the positive one, or null for more than two classes or numbers.</summary>
    public required string? Positive { get; init; }
}
