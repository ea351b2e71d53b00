using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Softmax cross-entropy at one vector width. With z = u − max u and s = Σ e^z: ℓ = ln s·Σt − Σ t·z and
/// ∂ℓ/∂u = (e^z / s)·Σt − t; a class index stands for Σt = 1.
/// </summary>
sealed class SoftmaxCrossEntropyLanes<T, V>(double smoothing) : LossLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    readonly double _smoothing = smoothing;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(
        Matrix<T> output, Matrix<T> target, ReadOnlySpan<T> factors, Span<T> losses, Matrix<T>? delta, RowRange rows)
    {
        VirtualLanes<T> crossed = default;
        VirtualLanes<T> totals = default;
        ref T products = ref crossed.First;
        ref T sums = ref totals.First;
        V keep = V.Constant(1 - _smoothing);
        V spread = V.Constant(_smoothing / output.Columns);
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T u = ref output.RowReference(row);
            ref T t = ref target.RowReference(row);
            T maximum = SoftmaxLanes<T, V>.Maximum(ref u, output.Columns);
            V shift = V.Broadcast(maximum);
            crossed.Clear();
            totals.Clear();
            for (int j = 0; j < output.Columns; j += V.Count)
            {
                V mask = LaneMask<T>.Load<V>(output.Columns - j);
                nuint lane = (nuint)(j % VirtualLanes<T>.Count);
                V aim = Aim(V.Load(ref t, (nuint)j), keep, spread, mask);
                V z = V.And(mask, V.Load(ref u, (nuint)j) - shift);
                V.Store(V.MultiplyAdd(aim, z, V.Load(ref products, lane)), ref products, lane);
                V.Store(V.Load(ref sums, lane) + aim, ref sums, lane);
            }

            T total = totals.Sum();
            ref T powers = ref delta is null ? ref Unsafe.NullRef<T>() : ref delta.RowReference(row);
            T s = SoftmaxLanes<T, V>.Exponentials(ref u, ref powers, output.Columns, maximum);
            losses[row] = LogOf(s) * total - crossed.Sum();
            if (delta is null)
                continue;

            V divisor = V.Broadcast(s);
            V scale = V.Broadcast(total);
            V factor = V.Broadcast(factors[row]);
            for (int j = 0; j < output.Columns; j += V.Count)
            {
                V mask = LaneMask<T>.Load<V>(output.Columns - j);
                V aim = Aim(V.Load(ref t, (nuint)j), keep, spread, mask);
                V error = V.Load(ref powers, (nuint)j) / divisor * scale - aim;
                V.Store(V.And(mask, error * factor), ref powers, (nuint)j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void EvaluateClasses(
        Matrix<T> output, ReadOnlySpan<int> classes, ReadOnlySpan<T> factors, Span<T> losses, Matrix<T>? delta,
        RowRange rows)
    {
        T keep = Rounding.To<T>(1 - _smoothing);
        T spread = Rounding.To<T>(_smoothing / output.Columns);
        V spreads = V.Broadcast(spread);
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T u = ref output.RowReference(row);
            T maximum = SoftmaxLanes<T, V>.Maximum(ref u, output.Columns);
            T crossed = keep * (Unsafe.Add(ref u, classes[row]) - maximum);
            if (_smoothing != 0)
                crossed = T.FusedMultiplyAdd(spread, SumOfShifted(ref u, output.Columns, maximum), crossed);

            ref T powers = ref delta is null ? ref Unsafe.NullRef<T>() : ref delta.RowReference(row);
            T s = SoftmaxLanes<T, V>.Exponentials(ref u, ref powers, output.Columns, maximum);
            losses[row] = LogOf(s) - crossed;
            if (delta is null)
                continue;

            V divisor = V.Broadcast(s);
            for (int j = 0; j < output.Columns; j += V.Count)
            {
                V mask = LaneMask<T>.Load<V>(output.Columns - j);
                V.Store(V.And(mask, V.Load(ref powers, (nuint)j) / divisor - spreads), ref powers, (nuint)j);
            }

            Unsafe.Add(ref powers, classes[row]) -= keep;
            V factor = V.Broadcast(factors[row]);
            for (int j = 0; j < output.Columns; j += V.Count)
                V.Store(V.Load(ref powers, (nuint)j) * factor, ref powers, (nuint)j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V Aim(V target, V keep, V spread, V mask) =>
        _smoothing == 0 ? target : V.And(mask, V.MultiplyAdd(target, keep, spread));

    static T LogOf(T value) => Lane1<T>.First(Lane1<T>.Log(new Lane1<T>(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T SumOfShifted(ref T row, int count, T shift)
    {
        VirtualLanes<T> lanes = default;
        ref T sums = ref lanes.First;
        V shifts = V.Broadcast(shift);
        for (int j = 0; j < count; j += V.Count)
        {
            nuint lane = (nuint)(j % VirtualLanes<T>.Count);
            V value = V.And(LaneMask<T>.Load<V>(count - j), V.Load(ref row, (nuint)j) - shifts);
            V.Store(V.Load(ref sums, lane) + value, ref sums, lane);
        }

        return lanes.Sum();
    }
}
