using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>The loops of one element-wise loss at one vector width.</summary>
sealed class LossLanes<T, V, TLoss>(TLoss loss) : LossLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
    where TLoss : struct, ILoss
{
    readonly TLoss _loss = loss;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(
        Matrix<T> output, Matrix<T> target, ReadOnlySpan<T> factors, Span<T> losses, Matrix<T>? delta, RowRange rows)
    {
        TLoss formula = _loss;
        VirtualLanes<T> lanes = default;
        ref T sums = ref lanes.First;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T x = ref output.RowReference(row);
            ref T t = ref target.RowReference(row);
            ref T error = ref delta is null ? ref Unsafe.NullRef<T>() : ref delta.RowReference(row);
            V factor = V.Broadcast(factors[row]);
            lanes.Clear();
            for (int j = 0; j < output.Columns; j += V.Count)
            {
                V mask = LaneMask<T>.Load<V>(output.Columns - j);
                V from = V.Load(ref x, (nuint)j);
                V to = V.Load(ref t, (nuint)j);
                V value = V.And(mask, formula.Value(from, to));
                nuint lane = (nuint)(j % VirtualLanes<T>.Count);
                V.Store(V.Load(ref sums, lane) + value, ref sums, lane);
                if (delta is not null)
                    V.Store(V.And(mask, formula.Derivative(from, to) * factor), ref error, (nuint)j);
            }

            losses[row] = lanes.Sum();
        }
    }
}
