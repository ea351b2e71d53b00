using System.Numerics;

namespace Backprop.Engine;

/// <summary>Takes rows through the value flow and the loss, some at a time, as the network predicts.</summary>
/// <param name="errors">The loss.</param>
/// <param name="chunkRows">How many rows at a time.</param>
/// <param name="width">The form of the loops, which changes no bit.</param>
sealed class RowMeasure<T>(ErrorFlow<T> errors, int chunkRows, LaneWidth width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ValueFlow<T> _values = new(errors.Network);
    readonly Workspace<T> _workspace = new(errors.Network, chunkRows, WorkspaceUse.Errors, width);

    /// <summary>The losses of rows.</summary>
    /// <param name="parameters">The network's numbers.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="losses">Receives each row's loss ℓ, without weight.</param>
    /// <param name="take">Receives each row's outputs as well, in order; null where they are not wanted.</param>
    public void Run(Parameters<T> parameters, Examples<T> rows, Span<T> losses, Action<int, ReadOnlySpan<T>>? take)
    {
        for (int start = 0; start < rows.Count; start += _workspace.Capacity)
        {
            var chunk = new RowRange(0, Math.Min(_workspace.Capacity, rows.Count - start));
            _workspace.Begin(chunk.Count, rows.HasClasses);
            rows.Gather(_workspace, chunk, start);
            bool needsOutput = take is not null || errors.Loss.Kind == LossKind.Plain;
            _values.Run(parameters, _workspace, new Pass(-1, needsOutput, Learns: false), chunk, Share.All);
            errors.Losses(_workspace, chunk);
            _workspace.Losses.AsSpan(0, chunk.Count).CopyTo(losses[start..]);
            for (int row = 0; take is not null && row < chunk.Count; row++)
                take(start + row, _workspace.X[^1][row]);
        }
    }
}
