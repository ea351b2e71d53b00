using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// What ranks that train one network together must tell each other: each computes a range of every batch's shards, and all must
/// come to the same bits. One rank is <see cref="Alone{T}"/>.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
interface IExchange<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rank's own range of a batch's shards.</summary>
    RowRange OwnShards(int shards);

    /// <summary>
    /// Adds what the other ranks' shards sum up to, by the same fixed tree; every rank then has the batch's gradient.
    /// </summary>
    /// <param name="gradients">The sums of the branches that the rank's own shards make.</param>
    /// <param name="shards">How many shards the batch has.</param>
    /// <param name="share">Which of the rank's threads calls: all do, and meet as they need.</param>
    void AddGradients(GradientTree<T> gradients, int shards, Share share);

    /// <summary>
    /// Hands on the losses of the own shards' rows and takes the others', so that all add them in the order of the rows.
    /// </summary>
    void HandOnLosses(Span<T> rowLosses);

    /// <summary>Whether to stop now: what one rank wants, all do at the same step.</summary>
    bool Stops(bool isWanted);
}
