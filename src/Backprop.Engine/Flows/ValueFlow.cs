using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The value flow X⁰ → U¹ → X¹ → … → Xⁿ, layer by layer. It holds no state of a batch, so one serves any number of threads, each
/// with rows or a workspace of its own.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ValueFlow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The value flow of a network.</summary>
    public ValueFlow(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
    }

    /// <summary>The network whose values flow.</summary>
    public Network Network { get; }

    /// <summary>Fills the workspace's U and X from its inputs, as the network predicts: nothing is dropped.</summary>
    /// <exception cref="ArgumentException">Parameters or workspace belong to another network.</exception>
    public void Run(Parameters<T> parameters, Workspace<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Run(parameters, workspace, new RowRange(0, workspace.Count), Pass.Prediction);
    }

    /// <summary>The value flow of some of the workspace's rows.</summary>
    /// <param name="parameters">The weights and biases.</param>
    /// <param name="workspace">Where the values are.</param>
    /// <param name="rows">The rows to compute; no others are touched.</param>
    /// <param name="pass">What is dropped, and whether the outputs are wanted.</param>
    internal void Run(Parameters<T> parameters, Workspace<T> workspace, RowRange rows, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!parameters.Network.Equals(Network))
            throw new ArgumentException($"Parameters of {parameters.Network} do not fit {Network}.");
        if (!workspace.Network.Equals(Network))
            throw new ArgumentException($"A workspace of {workspace.Network} does not fit {Network}.");

        ImmutableArray<LayerFlow<T>> layers = workspace.Layers;
        for (int k = 0; k < layers.Length - 1; k++)
            layers[k].Values(parameters, rows, pass);
        if (pass.NeedsOutput)
            layers[^1].Values(parameters, rows, pass);
        else
            layers[^1].Totals(parameters, rows);
    }
}
