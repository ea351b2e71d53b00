using System.Numerics;

namespace Backprop.Engine;

/// <summary>Where a layer stands in a workspace, and what is asked of it there: what its flow is made from.</summary>
/// <typeparam name="T">The element type.</typeparam>
sealed record LayerRoom<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The workspace.</summary>
    public required Workspace<T> Workspace { get; init; }

    /// <summary>The layer's place in the network, counted from 0.</summary>
    public required int Index { get; init; }

    /// <summary>X of the layer before, or the network's inputs.</summary>
    public required Matrix<T> In { get; init; }

    /// <summary>Where ∂e/∂X of the layer before goes, or null where nobody asks for it.</summary>
    public required Matrix<T>? InErrors { get; init; }

    /// <summary>What the workspace is for.</summary>
    public required WorkspaceUse Use { get; init; }

    /// <summary>The seed that dropped values follow from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The form of the loops, which changes no bit.</summary>
    public required LaneWidth Width { get; init; }

    /// <summary>Whether it is the network's last layer, whose loss may read U.</summary>
    public bool IsLast => Index == Workspace.Network.Layers.Length - 1;

    /// <summary>How many values the layer gives for a row.</summary>
    public int Columns => Workspace.Network.OutputsOf(Index);

    /// <summary>The tensors of the layer, as places in the network's layout.</summary>
    public ReadOnlySpan<int> Tensors => Workspace.Network.Layout.Of(Index).AsSpan();

    /// <summary>Whether errors flow here.</summary>
    public bool HasErrors => Use != WorkspaceUse.Values;

    /// <summary>A matrix [rows, columns] of the workspace's rows.</summary>
    public Matrix<T> Values(int columns) => new(Workspace.Capacity, columns);

    /// <summary>The same for errors, without rows where none flow.</summary>
    public Matrix<T> Errors(int columns) => new(HasErrors ? Workspace.Capacity : 0, columns);
}
