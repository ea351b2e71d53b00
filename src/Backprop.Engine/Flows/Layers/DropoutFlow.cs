using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Dropout: X = In ⊙ mask, the mask 0 with probability p, else 1/(1 − p); the errors of the layer before are ∂e/∂X ⊙ mask, in
/// place. Whether a value is dropped is a function of (seed, number of the layer before, epoch, the row's position in the epoch's
/// order, column), so neither threads nor chunks nor interruption change it. Where nothing is learnt, what flows in flows on.
/// </summary>
sealed class DropoutFlow<T> : LayerFlow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly uint _threshold;
    readonly T _scale;
    readonly ulong _seed;
    readonly int _stream;
    readonly Matrix<T>? _mask;
    readonly long[] _positions;

    public DropoutFlow(Dropout layer, LayerRoom<T> room)
        : base(
            room, room.Use == WorkspaceUse.Learning ? room.Values(room.Columns) : room.In,
            room.InErrors ?? room.Errors(room.Columns))
    {
        _threshold = (uint)Math.Min(uint.MaxValue, Math.Floor(layer.Rate * 4294967296.0));
        _scale = Rounding.To<T>(1 / (1 - layer.Rate));
        _seed = room.Seed;
        _stream = room.Workspace.Network.Layout.NumberOf(room.Index) - 1;
        _positions = room.Workspace.Positions;
        _mask = room.Use == WorkspaceUse.Learning ? room.Values(room.Columns) : null;
    }

    public override void Values(Parameters<T> parameters, RowRange rows, Pass pass)
    {
        if (_mask is null)
            return;
        if (pass.Epoch < 0)
            throw new InvalidOperationException("A workspace with dropout needs a value flow that drops.");

        Span<uint> bits = stackalloc uint[256];
        for (int row = rows.Start; row < rows.End; row++)
        {
            Span<T> from = In[row];
            Span<T> to = X[row];
            Span<T> kept = _mask[row];
            ulong index = (ulong)_positions[row] * (ulong)X.Columns;
            for (int first = 0; first < from.Length; first += bits.Length)
            {
                int count = Math.Min(bits.Length, from.Length - first);
                CounterRandom.FillWords(bits[..count], _seed, RandomPurpose.Dropout, Key(pass.Epoch), index + (ulong)first);
                for (int i = 0; i < count; i++)
                {
                    T factor = bits[i] < _threshold ? T.Zero : _scale;
                    kept[first + i] = factor;
                    to[first + i] = from[first + i] * factor;
                }
            }
        }
    }

    public override void Derive(RowRange rows)
    {
        for (int row = rows.Start; _mask is not null && row < rows.End; row++)
        {
            Span<T> error = Delta[row];
            ReadOnlySpan<T> kept = _mask[row];
            for (int i = 0; i < error.Length; i++)
                error[i] *= kept[i];
        }
    }

    /// <summary>Each layer of each epoch draws from a sequence of its own.</summary>
    uint Key(int epoch) => (uint)(epoch * Network.MaximumDepth + _stream);
}
