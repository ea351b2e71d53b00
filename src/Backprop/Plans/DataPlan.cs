using System.Collections.Immutable;

namespace Backprop;

/// <summary>What of the tables is learnt from and predicted, and which rows serve for what.</summary>
sealed record DataPlan
{
    /// <summary>The numeric version by which it is trained.</summary>
    public required NumericContract Contract { get; init; }

    /// <summary>The table of the training rows, without rows of weight 0.</summary>
    public required Table Table { get; init; }

    /// <summary>What is to be predicted.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>The columns that are learnt from.</summary>
    public required ImmutableArray<Column> Inputs { get; init; }

    /// <summary>The columns that are predicted.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>The training rows of <see cref="Table"/>, in order.</summary>
    public required int[] Training { get; init; }

    /// <summary>The validation rows, of <see cref="ValidationTable"/> where there is one; empty for none.</summary>
    public required int[] Validation { get; init; }

    /// <summary>The test rows, of <see cref="TestTable"/> where there is one; empty for none.</summary>
    public required int[] Test { get; init; }

    /// <summary>The rows of weight 0 that are in none of the tables any more.</summary>
    public required int ZeroWeightRows { get; init; }

    /// <summary>A table of validation rows alone, or null.</summary>
    public required Table? ValidationTable { get; init; }

    /// <summary>A table of test rows alone, or null.</summary>
    public required Table? TestTable { get; init; }

    /// <summary>What became of rows without a target, in all of the tables.</summary>
    public required MissingTarget MissingTarget { get; init; }

    /// <summary>The column of row weights, or null.</summary>
    public required string? RowWeights { get; init; }

    /// <summary>Whether classes have weights.</summary>
    public required bool HasClassWeights { get; init; }

    /// <summary>The fraction of rows held out for validation, 0 for none, null where they are a table of their own.</summary>
    public required double? ValidationFraction { get; init; }

    /// <summary>The fraction of rows held out for the test, or null.</summary>
    public required double? TestFraction { get; init; }

    /// <summary>How columns become inputs.</summary>
    public required EncodeKind Encode { get; init; }

    /// <summary>From which everything random follows.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What was inferred, in sentences for people.</summary>
    public required List<string> Notes { get; init; }

    /// <summary>The columns that are not learnt from though nobody said so.</summary>
    public required List<LeftOutColumn> LeftOut { get; init; }
}
