using System.Collections.Immutable;

namespace Backprop;

/// <summary>One column of the table on its way into the network, and how it pushed the loss.</summary>
public sealed class ExplainedColumn
{
    internal ExplainedColumn()
    {
    }

    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>The text of its cell in each shown row [rows]; empty where it is missing.</summary>
    public required ImmutableArray<string> Cells { get; init; }

    /// <summary>The place of its first feature among the network's inputs, counted from 0.</summary>
    public required int FirstFeature { get; init; }

    /// <summary>The names of its features, which stand side by side; none where its categories are embedded.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>
    /// How far each row's cell pushed e [rows]: Σ (∂e/∂x)·x over the column's features x, in double. To first order it is
    /// what e has more than it would with those features at 0: a standardised number at the training rows' mean, a
    /// category that is none. Of an embedded column, x are the numbers of its table that stand for the category. Above 0 the
    /// cell raised the loss, below 0 it lowered it.
    /// </summary>
    public required ImmutableArray<double> RowPushes { get; init; }

    /// <summary>The sum of <see cref="RowPushes"/> over the shown rows.</summary>
    public required double Push { get; init; }
}
