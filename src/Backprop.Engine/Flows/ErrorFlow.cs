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
    readonly Products<T> _products;
    readonly ImmutableArray<LayerActivations<T>> _activations;
    readonly SoftmaxLoops<T> _softmax;
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
        _products = Products<T>.For(width);
        _activations = [.. network.Layers.Select(layer => new LayerActivations<T>(layer, width))];
        _softmax = SoftmaxLoops<T>.For(width);
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

        var rows = new RowRange(0, workspace.Count);
        SetFactors(workspace, rows, workspace.Count);
        Deltas(parameters, workspace, rows);
        for (int k = 0; k < Network.Layers.Length; k++)
            Gradient(workspace, workspace.Count, gradient, k, new RowRange(0, Network.InputsOf(k)), goOn: false);

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

    /// <summary>The losses and all deltas of some rows, after the value flow.</summary>
    internal void Deltas(Parameters<T> parameters, Workspace<T> workspace, RowRange rows)
    {
        int last = Network.Layers.Length - 1;
        Matrix<T> delta = workspace.Delta[last];
        Evaluate(workspace, delta, rows);
        if (Loss.Kind == LossKind.Plain)
        {
            Keep(delta, workspace.OutputErrors[last], rows);
            if (Network.Link == OutputLink.Softmax)
                _softmax.MultiplyByJacobian(workspace.X[last], delta, rows);
            else
                _activations[last].MultiplyByDerivative(workspace.KeptU[last], workspace.X[last], delta, rows);
        }

        for (int k = last - 1; k >= 0; k--)
        {
            _products.Backward(delta, parameters.Weights[k + 1], workspace.Delta[k], rows);
            delta = workspace.Delta[k];
            if (workspace.Masks[k] is { } mask)
                Dropout<T>.MultiplyByMask(mask, delta, rows);
            Keep(delta, workspace.OutputErrors[k], rows);
            _activations[k].MultiplyByDerivative(workspace.KeptU[k], workspace.X[k], delta, rows);
        }

        if (workspace.InputErrors is { } inputErrors)
            _products.Backward(delta, parameters.Weights[0], inputErrors, rows);
    }

    /// <summary>
    /// ∂e/∂W of the given inputs of layer <paramref name="k"/> (from 0), and with the first of them ∂e/∂b, over the first
    /// <paramref name="count"/> rows.
    /// </summary>
    internal void Gradient(
        Workspace<T> workspace, int count, Parameters<T> gradient, int k, RowRange inputs, bool goOn)
    {
        _products.WeightGradient(workspace.Fed[k], workspace.Delta[k], count, gradient.Weights[k], inputs, goOn);
        if (inputs.Start == 0 && inputs.Count > 0 && gradient.Biases[k] is { } bias)
            _products.BiasGradient(workspace.Delta[k], count, bias, goOn);
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
