using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The error flow e → ∂e/∂Xⁿ → ∂e/∂Uⁿ → … → ∂e/∂W: the loss of each row and its derivative, deltas from the last layer
/// to the first, and the gradient that they make with the values.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ErrorFlow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly LossLoops<T> _loss;

    /// <summary>The error flow of a network under a loss.</summary>
    /// <exception cref="ArgumentException">The loss does not belong to the network's output.</exception>
    public ErrorFlow(Network network, Loss loss, Reduction reduction = Reduction.Mean)
        : this(network, loss, reduction, LaneWidths.Best)
    {
    }

    internal ErrorFlow(Network network, Loss loss, Reduction reduction, LaneWidth width)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        loss.ThrowUnlessFits(network);
        (Network, Loss, Reduction) = (network, loss, reduction);
        _loss = loss.Bind<T>(width);
    }

    /// <summary>The network whose errors flow.</summary>
    public Network Network { get; }

    /// <summary>The loss e that they are errors of.</summary>
    public Loss Loss { get; }

    /// <summary>How the rows' losses make e.</summary>
    public Reduction Reduction { get; }

    /// <summary>
    /// Takes the loss of the workspace's rows, after the value flow, and fills its deltas and the gradient.
    /// </summary>
    /// <param name="parameters">The weights and biases that the values came from.</param>
    /// <param name="workspace">The rows.</param>
    /// <param name="gradient">∂e/∂W and ∂e/∂b, overwritten.</param>
    /// <returns>e, the batch's loss.</returns>
    /// <exception cref="ArgumentException">Something belongs to another network, or the loss takes no class indices.</exception>
    public double Run(Parameters<T> parameters, Workspace<T> workspace, Parameters<T> gradient)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(gradient);
        if (!workspace.Network.Equals(Network) || !parameters.Network.Equals(Network) || !gradient.Network.Equals(Network))
            throw new ArgumentException($"Parameters, workspace and gradient must be of the network {Network}.");

        if (workspace.HasClasses && Loss.Kind != LossKind.Softmax)
            throw new ArgumentException($"The loss {Loss} takes target values, not class indices.");

        SetFactors(workspace, new RowRange(0, workspace.Count), workspace.Count);
        Deltas(parameters, workspace, new RowRange(0, workspace.Count), Share.All);
        Gradient(workspace, gradient);

        CompensatedSum sum = default;
        for (int row = 0; row < workspace.Count; row++)
            sum.Add(workspace.Weights[row] * Rounding.ToDouble(workspace.Losses[row]));
        return Reduction == Reduction.Mean ? sum.Value / workspace.Count : sum.Value;
    }

    /// <summary>What each row's error is multiplied by: its weight, and 1/rows of the whole batch for the mean.</summary>
    internal void SetFactors(Workspace<T> workspace, RowRange rows, int batchRows)
    {
        double share = Reduction == Reduction.Mean ? 1.0 / batchRows : 1.0;
        for (int row = rows.Start; row < rows.End; row++)
            workspace.Factors[row] = Rounding.To<T>(workspace.Weights[row] * share);
    }

    /// <summary>The loss of some rows, without errors, after the value flow.</summary>
    internal void Losses(Workspace<T> workspace, RowRange rows) => Evaluate(workspace, null, rows);

    /// <summary>The losses and all deltas of some rows, after their value flow.</summary>
    /// <param name="parameters">The weights and biases.</param>
    /// <param name="workspace">Where values and errors are.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="share">The member's share where a layer needs the whole shard; all members are then here at once.</param>
    internal void Deltas(Parameters<T> parameters, Workspace<T> workspace, RowRange rows, Share share)
    {
        ImmutableArray<LayerFlow<T>> layers = workspace.Layers;
        if (rows.Count > 0)
            Evaluate(workspace, layers[^1].Delta, rows);
        for (int k = layers.Length - 1; k >= 0; k--)
        {
            // A joint loss takes the last layer's place, and has given its ∂e/∂U.
            if (k < layers.Length - 1 || Loss.Kind == LossKind.Plain)
            {
                Keep(layers[k].Delta, layers[k].OutputErrors, rows);
                if (layers[k].NeedsWholeShard)
                {
                    share.Meet();
                    layers[k].SumErrors(workspace.Count, share.Of(layers[k].X.Columns, ColumnSumLoops<T>.Grain));
                    share.Meet();
                }

                if (rows.Count > 0)
                    layers[k].Derive(rows);
            }

            if (rows.Count > 0)
                layers[k].PassBack(parameters, rows);
        }
    }

    /// <summary>The whole gradient over the workspace's rows, after their deltas.</summary>
    internal void Gradient(Workspace<T> workspace, Parameters<T> gradient)
    {
        for (int k = 0; k < workspace.Layers.Length; k++)
            workspace.Layers[k].Gradient(gradient, new RowRange(0, Network.Layout.PartsOf(k)), workspace.Count, goOn: false);
    }

    /// <summary>Keeps ∂e/∂X, before delta takes its place, for someone who looks at it.</summary>
    static void Keep(Matrix<T> errors, Matrix<T>? kept, RowRange rows)
    {
        for (int row = rows.Start; kept is not null && row < rows.End; row++)
            errors[row].CopyTo(kept[row]);
    }

    /// <summary>The loss of some rows and, unless null, its derivative by what the loss reads.</summary>
    internal void Evaluate(Workspace<T> workspace, Matrix<T>? delta, RowRange rows)
    {
        Matrix<T> output = workspace.OutputFor(Loss);
        if (workspace.HasClasses)
            _loss.EvaluateClasses(output, workspace.Classes, workspace.Factors, workspace.Losses, delta, rows);
        else
            _loss.Evaluate(output, workspace.Targets, workspace.Factors, workspace.Losses, delta, rows);
    }
}
