using System.Numerics;

namespace Backprop.Engine;

/// <summary>One rank: all shards are its own, and nobody else is told or asked.</summary>
sealed class Alone<T> : IExchange<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public RowRange OwnShards(int shards) => new(0, shards);

    public void AddGradients(GradientTree<T> gradients, int shards, Share share) =>
        gradients.AddBranches(shards, gradients.Elements(share));

    public void HandOnLosses(Span<T> rowLosses)
    {
    }

    public bool Stops(bool isWanted) => isWanted;
}
