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

    /// <summary>
    /// Fills the workspace's U and X from its inputs, as the network predicts: nothing is dropped, and batch normalisation takes
    /// its running statistics.
    /// </summary>
    /// <exception cref="ArgumentException">Parameters or workspace belong to another network.</exception>
    public void Run(Parameters<T> parameters, Workspace<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Run(parameters, workspace, Pass.Prediction, new RowRange(0, workspace.Count), Share.All);
    }

    /// <summary>
    /// Fills the workspace's U and X from its inputs, as the network learns: batch statistics are those of the workspace's rows,
    /// and the error flow that follows has them depend on all rows. Nothing is dropped.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// Parameters or workspace belong to another network, or there are batch statistics and fewer than 2 rows.
    /// </exception>
    public void Learn(Parameters<T> parameters, Workspace<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Run(parameters, workspace, Pass.Prediction with { Learns = true }, new RowRange(0, workspace.Count), Share.All);
    }

    /// <summary>Takes the batch statistics of the last <see cref="Learn"/> into the running ones.</summary>
    /// <param name="parameters">The parameters, whose statistics it changes.</param>
    /// <param name="workspace">Where the values are.</param>
    /// <exception cref="InvalidOperationException">The values flowed as the network predicts.</exception>
    public void UpdateStatistics(Parameters<T> parameters, Workspace<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ThrowUnlessMine(parameters, workspace);
        foreach (LayerFlow<T> layer in workspace.Layers)
            layer.UpdateStatistics(parameters);
    }

    /// <summary>The value flow of some of the workspace's rows; no others are touched.</summary>
    /// <param name="parameters">The weights and biases.</param>
    /// <param name="workspace">Where the values are.</param>
    /// <param name="pass">What is dropped, and whether the outputs are wanted.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="share">The member's share where a layer needs the whole shard; all members are then here at once.</param>
    internal void Run(Parameters<T> parameters, Workspace<T> workspace, Pass pass, RowRange rows, Share share)
    {
        ThrowUnlessMine(parameters, workspace);
        ImmutableArray<LayerFlow<T>> layers = workspace.Layers;
        for (int k = 0; k < layers.Length; k++)
        {
            if (pass.Learns && layers[k].NeedsWholeShard)
            {
                share.Meet();
                layers[k].SumValues(workspace.Count, share.Of(layers[k].X.Columns, ColumnSumLoops<T>.Grain));
                share.Meet();
            }

            if (rows.Count == 0)
                continue;
            if (k < layers.Length - 1 || pass.NeedsOutput)
                layers[k].Values(parameters, rows, pass);
            else
                layers[k].Totals(parameters, rows);
        }
    }

    void ThrowUnlessMine(Parameters<T> parameters, Workspace<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!parameters.Network.Equals(Network))
            throw new ArgumentException($"Parameters of {parameters.Network} do not fit {Network}.");
        if (!workspace.Network.Equals(Network))
            throw new ArgumentException($"A workspace of {workspace.Network} does not fit {Network}.");
    }
}
