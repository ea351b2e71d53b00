using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The value flow X⁰ → U¹ → X¹ → … → Xⁿ: U = X·W + b and X = f(U), layer by layer. It holds no state of a batch, so one
/// serves any number of threads, each with rows or a workspace of its own.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ValueFlow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Products<T> _products;
    readonly ImmutableArray<LayerActivations<T>> _activations;
    readonly SoftmaxLoops<T> _softmax;
    readonly Dropout<T>? _dropout;

    /// <summary>The value flow of a network.</summary>
    public ValueFlow(Network network)
        : this(network, LaneWidths.Best)
    {
    }

    internal ValueFlow(Network network, LaneWidth width, Dropout<T>? dropout = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        _products = Products<T>.For(width);
        _activations = [.. network.Layers.Select(layer => new LayerActivations<T>(layer, width))];
        _softmax = SoftmaxLoops<T>.For(width);
        _dropout = dropout;
    }

    /// <summary>The network whose values flow.</summary>
    public Network Network { get; }

    /// <summary>Fills the workspace's U and X from its inputs. Nothing is dropped.</summary>
    /// <exception cref="ArgumentException">Parameters or workspace belong to another network.</exception>
    public void Run(Parameters<T> parameters, Workspace<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Run(parameters, workspace, new RowRange(0, workspace.Count), needsOutput: true, epoch: -1);
    }

    /// <summary>The value flow of some of the workspace's rows.</summary>
    /// <param name="parameters">The weights and biases.</param>
    /// <param name="workspace">Where the values are.</param>
    /// <param name="rows">The rows to compute; no others are touched.</param>
    /// <param name="needsOutput">Whether the last layer's X is wanted; a joint loss reads U alone.</param>
    /// <param name="epoch">The epoch whose dropout masks apply, or −1 for none.</param>
    internal void Run(
        Parameters<T> parameters, Workspace<T> workspace, RowRange rows, bool needsOutput, int epoch)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!ReferenceEquals(parameters.Network, Network) && !parameters.Network.Equals(Network))
            throw new ArgumentException($"Parameters of {parameters.Network} do not fit {Network}.");
        if (!ReferenceEquals(workspace.Network, Network) && !workspace.Network.Equals(Network))
            throw new ArgumentException($"A workspace of {workspace.Network} does not fit {Network}.");

        int last = Network.Layers.Length - 1;
        for (int k = 0; k <= last; k++)
        {
            Matrix<T> x = workspace.X[k];
            Matrix<T> u = workspace.KeptU[k] ?? x;
            _products.Forward(workspace.Fed[k], parameters.Weights[k], parameters.Biases[k], u, rows);
            if (k < last)
            {
                _activations[k].Apply(u, x, rows);
                if (workspace.Masks[k] is { } mask && _dropout is not null && epoch >= 0)
                    _dropout.Apply(x, workspace.Fed[k + 1], mask, workspace.Positions, epoch, k, rows);
                else if (!ReferenceEquals(workspace.Fed[k + 1], x))
                    throw new InvalidOperationException("A workspace with dropout needs a value flow that drops.");
            }
            else if (needsOutput)
            {
                if (Network.Link == OutputLink.Softmax)
                    _softmax.Apply(u, x, rows);
                else
                    _activations[k].Apply(u, x, rows);
            }
        }
    }
}
