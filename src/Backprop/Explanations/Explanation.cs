using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Some rows of a table on their way through a model: encoded inputs, value flow, loss, error flow, and the first step
/// that the model's recipe would make if these rows, in this order, were all there is to train on, in one batch, without
/// dropout. Its numbers are the trainer's own, bit for bit: doubles hold those of a single-precision model as they are.
/// Immutable.
/// </summary>
/// <example>
/// <code>
/// Explanation explanation = Model.Load("iris.onnx").Explain(table, [50]);
/// Console.WriteLine(explanation.Layers[0].Delta[0, 3]);
/// foreach (ExplainedColumn column in explanation.Columns)
///     Console.WriteLine($"{column.Name}: {column.Push}");
/// </code>
/// </example>
public sealed class Explanation
{
    readonly object _flow;
    readonly object _updated;

    internal Explanation(object flow, object updated) => (_flow, _updated) = (flow, updated);

    /// <summary>The network.</summary>
    public required Network Network { get; init; }

    /// <summary>The element type that every number was computed in.</summary>
    public required Precision Precision { get; init; }

    /// <summary>What the table is called.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// The cells of the rows that are such as training never saw, column by column; empty where there are none.
    /// </summary>
    public required ImmutableArray<UnseenCells> Unseen { get; init; }

    /// <summary>The shown rows of the table, counted from 0, in the order asked for.</summary>
    public required ImmutableArray<int> Rows { get; init; }

    /// <summary>The columns that the model reads, in the order of its inputs.</summary>
    public required ImmutableArray<ExplainedColumn> Columns { get; init; }

    /// <summary>The network's inputs by name.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>What each output is of: a class, or a target column.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    /// <summary>
    /// Whether the table has the target. Where it has not, the model's own outputs stand for <see cref="Targets"/>, so that
    /// only inputs and value flow say something, and loss, errors, gradient and update do not.
    /// </summary>
    public required bool HasTarget { get; init; }

    /// <summary>The target columns.</summary>
    public required ImmutableArray<string> TargetColumns { get; init; }

    /// <summary>
    /// The text of each shown row's target cells [rows][target columns]; of no cells where there is no target.
    /// </summary>
    public required ImmutableArray<ImmutableArray<string>> TargetCells { get; init; }

    /// <summary>X⁰ [rows, features].</summary>
    public required ReadOnlyMatrix<double> Inputs { get; init; }

    /// <summary>The codes that embeddings read [rows][codes], counted from 0; of no codes without embeddings.</summary>
    public required ImmutableArray<ImmutableArray<int>> Codes { get; init; }

    /// <summary>The columns whose categories the codes are, in the order of the codes.</summary>
    public required ImmutableArray<string> CodeColumns { get; init; }

    /// <summary>
    /// The categories of each of the <see cref="CodeColumns"/>, in the order of the codes; the last code is of unknown ones.
    /// </summary>
    public required ImmutableArray<ImmutableArray<string>> Categories { get; init; }

    /// <summary>What the outputs should have been [rows, outputs], without label smoothing.</summary>
    public required ReadOnlyMatrix<double> Targets { get; init; }

    /// <summary>The loss.</summary>
    public required Loss Loss { get; init; }

    /// <summary>How the rows' losses make e.</summary>
    public required Reduction Reduction { get; init; }

    /// <summary>ℓ of each row, without its weight.</summary>
    public required ImmutableArray<double> RowLosses { get; init; }

    /// <summary>
    /// The weight of each row: its own times its class's as the recipe says, scaled to mean 1 over the shown rows.
    /// </summary>
    public required ImmutableArray<double> RowWeights { get; init; }

    /// <summary>e = Σwℓ, divided by the number of rows where the reduction is the mean.</summary>
    public required double BatchLoss { get; init; }

    /// <summary>∂e/∂X⁰ [rows, features].</summary>
    public required ReadOnlyMatrix<double> InputErrors { get; init; }

    /// <summary>
    /// Whether batch normalisations took mean and variance from the shown rows, each shard's from its own, as a training step
    /// does; false where a shard has a single row and they took the running ones, and in networks without any.
    /// </summary>
    public required bool UsesBatchStatistics { get; init; }

    /// <summary>Each of the network's <see cref="Network.NumberedLayers"/>; a softmax behind one belongs to it.</summary>
    public required ImmutableArray<ExplainedLayer> Layers { get; init; }

    /// <summary>
    /// The shards that the recipe cuts a batch into, whose gradients are added in pairs, neighbours first, then pairs of pairs;
    /// empty where it cuts none.
    /// </summary>
    public required ImmutableArray<ExplainedShard> Shards { get; init; }

    /// <summary>How the new parameters follow from the gradient.</summary>
    public required ExplainedUpdate Update { get; init; }

    /// <summary>The engine's record of the rows, or null where the model is of the other precision.</summary>
    /// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    public FlowRecord<T>? Flow<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _flow as FlowRecord<T>;

    /// <summary>A copy of the parameters after the update, or null where the model is of the other precision.</summary>
    /// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    public Parameters<T>? NewParameters<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_updated is not Parameters<T> updated)
            return null;

        var copy = new Parameters<T>(updated.Network);
        copy.CopyFrom(updated);
        return copy;
    }
}
