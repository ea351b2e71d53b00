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
        T maximum = default, s = default;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T u = ref output.RowReference(row);
            ref T t = ref target.RowReference(row);
            ref T powers = ref delta is null ? ref Scratch<T>.Take(output.Stride) : ref delta.RowReference(row);
            SoftmaxLanes<T, V>.Powers(ref u, 0, ref powers, 0, output.Columns, ref maximum, ref s, 1);
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
        VirtualLanes<T> maxima = default;
        VirtualLanes<T> sums = default;
        ref T scratch = ref delta is null ? ref Scratch<T>.Take(VirtualLanes<T>.Count * output.Stride) : ref Unsafe.NullRef<T>();
        int block;
        for (int first = rows.Start; first < rows.End; first += block)
        {
            block = Math.Min(VirtualLanes<T>.Count, rows.End - first);
            ref T u = ref output.RowReference(first);
            ref T powers = ref delta is null ? ref scratch : ref delta.RowReference(first);
            SoftmaxLanes<T, V>.Powers(
                ref u, output.Stride, ref powers, delta?.Stride ?? output.Stride, output.Columns, ref maxima.First,
                ref sums.First, block);
            Cross(output, classes, new RowRange(first, first + block), ref maxima);
            if (delta is not null)
                Errors(delta, classes, factors, new RowRange(first, first + block), ref sums);
            SubtractFromLogs(ref sums, ref maxima, losses.Slice(first, block));
        }
    }

    /// <summary>Σ t·z of each row, in place of its maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Cross(Matrix<T> output, ReadOnlySpan<int> classes, RowRange rows, ref VirtualLanes<T> maxima)
    {
        T keep = Rounding.To<T>(1 - _smoothing);
        T spread = Rounding.To<T>(_smoothing / output.Columns);
        ref T lane = ref maxima.First;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T u = ref output.RowReference(row);
            T crossed = keep * (Unsafe.Add(ref u, classes[row]) - lane);
            if (_smoothing != 0)
                crossed = T.FusedMultiplyAdd(spread, SumOfShifted(ref u, output.Columns, lane), crossed);
            lane = crossed;
            lane = ref Unsafe.Add(ref lane, 1);
        }
    }

    /// <summary>∂ℓ/∂u·factor = (e^z / s − t)·factor, in place of the powers e^z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Errors(
        Matrix<T> delta, ReadOnlySpan<int> classes, ReadOnlySpan<T> factors, RowRange rows, ref VirtualLanes<T> sums)
    {
        T keep = Rounding.To<T>(1 - _smoothing);
        T spread = Rounding.To<T>(_smoothing / delta.Columns);
        V spreads = V.Broadcast(spread);
        ref T sum = ref sums.First;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T powers = ref delta.RowReference(row);
            ref T target = ref Unsafe.Add(ref powers, classes[row]);
            T hit = (target / sum - spread - keep) * factors[row];
            V divisor = V.Broadcast(sum);
            V factor = V.Broadcast(factors[row]);
            for (int j = 0; j < delta.Columns; j += V.Count)
            {
                V error = (V.Load(ref powers, (nuint)j) / divisor - spreads) * factor;
                V.Store(V.And(LaneMask<T>.Load<V>(delta.Columns - j), error), ref powers, (nuint)j);
            }

            target = hit;
            sum = ref Unsafe.Add(ref sum, 1);
        }
    }

    /// <summary>ℓ = ln s − Σ t·z, the logarithms side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SubtractFromLogs(ref VirtualLanes<T> sums, ref VirtualLanes<T> crossed, Span<T> losses)
    {
        ref T sum = ref sums.First;
        for (int i = 0; i < losses.Length; i += V.Count)
            V.Store(V.Log(V.Load(ref sum, (nuint)i)) - V.Load(ref crossed.First, (nuint)i), ref sum, (nuint)i);
        for (int i = 0; i < losses.Length; i++)
            losses[i] = Unsafe.Add(ref sum, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V Aim(V target, V keep, V spread, V mask) =>
        _smoothing == 0 ? target : V.And(mask, V.MultiplyAdd(target, keep, spread));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
