using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014): while training, each hidden output is 0 with probability p, else multiplied
/// by 1/(1 − p). Whether a neuron is dropped is a function of (seed, layer, epoch, the row's position in the epoch's
/// order, neuron), so neither threads nor chunks nor interruption change it.
/// </summary>
sealed class Dropout<T>(double probability, ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly uint _threshold = (uint)Math.Min(uint.MaxValue, Math.Floor(probability * 4294967296.0));
    readonly T _scale = Rounding.To<T>(1 / (1 - probability));

    /// <summary>Draws the masks of layer <paramref name="k"/> (from 0) and feeds x ⊙ mask on.</summary>
    public void Apply(
        Matrix<T> x, Matrix<T> fed, Matrix<T> mask, ReadOnlySpan<long> positions, int epoch, int k, RowRange rows)
    {
        Span<uint> bits = stackalloc uint[256];
        for (int row = rows.Start; row < rows.End; row++)
        {
            Span<T> from = x[row];
            Span<T> to = fed[row];
            Span<T> kept = mask[row];
            ulong index = (ulong)positions[row] * (ulong)x.Columns;
            for (int first = 0; first < from.Length; first += bits.Length)
            {
                int count = Math.Min(bits.Length, from.Length - first);
                CounterRandom.FillWords(bits[..count], seed, RandomPurpose.Dropout, Key(epoch, k), index + (ulong)first);
                for (int i = 0; i < count; i++)
                {
                    T factor = bits[i] < _threshold ? T.Zero : _scale;
                    kept[first + i] = factor;
                    to[first + i] = from[first + i] * factor;
                }
            }
        }
    }

    /// <summary>∂e/∂X = ∂e/∂(x ⊙ mask) ⊙ mask, in place.</summary>
    public static void MultiplyByMask(Matrix<T> mask, Matrix<T> delta, RowRange rows)
    {
        for (int row = rows.Start; row < rows.End; row++)
        {
            Span<T> error = delta[row];
            ReadOnlySpan<T> kept = mask[row];
            for (int i = 0; i < error.Length; i++)
                error[i] *= kept[i];
        }
    }

    /// <summary>Each layer of each epoch draws from a sequence of its own.</summary>
    static uint Key(int epoch, int k) => (uint)epoch * Network.MaximumDepth + (uint)k;
}
