using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Softmax at one vector width.</summary>
sealed class SoftmaxLanes<T, V> : SoftmaxLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(Matrix<T> u, Matrix<T> x, RowRange rows)
    {
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T from = ref u.RowReference(row);
            ref T to = ref x.RowReference(row);
            T sum = Exponentials(ref from, ref to, u.Columns, Maximum(ref from, u.Columns));
            Divide(ref to, u.Columns, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MultiplyByJacobian(Matrix<T> x, Matrix<T> delta, RowRange rows)
    {
        VirtualLanes<T> lanes = default;
        ref T sums = ref lanes.First;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T output = ref x.RowReference(row);
            ref T error = ref delta.RowReference(row);
            lanes.Clear();
            for (int j = 0; j < x.Columns; j += V.Count)
            {
                nuint lane = (nuint)(j % VirtualLanes<T>.Count);
                V product = V.MultiplyAdd(
                    V.Load(ref output, (nuint)j), V.Load(ref error, (nuint)j), V.Load(ref sums, lane));
                V.Store(product, ref sums, lane);
            }

            V mean = V.Broadcast(lanes.Sum());
            for (int j = 0; j < x.Columns; j += V.Count)
            {
                V value = V.Load(ref output, (nuint)j) * (V.Load(ref error, (nuint)j) - mean);
                V.Store(value, ref error, (nuint)j);
            }
        }
    }

    public override LossLoops<T> WithCrossEntropy(double smoothing) => new SoftmaxCrossEntropyLanes<T, V>(smoothing);

    /// <summary>The largest of a row; NaN where one is NaN comes out of the exponentials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Maximum(ref T row, int count)
    {
        VirtualLanes<T> lanes = default;
        ref T largest = ref lanes.First;
        V bottom = V.Broadcast(T.NegativeInfinity);
        for (int i = 0; i < VirtualLanes<T>.Count; i += V.Count)
            V.Store(bottom, ref largest, (nuint)i);

        for (int j = 0; j < count; j += V.Count)
        {
            nuint lane = (nuint)(j % VirtualLanes<T>.Count);
            V value = V.Select(LaneMask<T>.Load<V>(count - j), V.Load(ref row, (nuint)j), bottom);
            V old = V.Load(ref largest, lane);
            V.Store(V.IfLess(old, value, value, old), ref largest, lane);
        }

        T maximum = lanes[0];
        for (int i = 1; i < VirtualLanes<T>.Count; i++)
            maximum = maximum < lanes[i] ? lanes[i] : maximum;

        return maximum;
    }

    /// <summary>
    /// to = e^(from − maximum), padding 0; returns the sum in 16 virtual lanes. A null reference asks for the sum alone.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Exponentials(ref T from, ref T to, int count, T maximum)
    {
        VirtualLanes<T> lanes = default;
        ref T sums = ref lanes.First;
        V shift = V.Broadcast(maximum);
        for (int j = 0; j < count; j += V.Count)
        {
            // Masked before the exponential: a padding lane must not meet subnormals, which are slow.
            V mask = LaneMask<T>.Load<V>(count - j);
            V power = V.And(mask, V.Exp(V.And(mask, V.Load(ref from, (nuint)j) - shift)));
            if (!Unsafe.IsNullRef(ref to))
                V.Store(power, ref to, (nuint)j);
            nuint lane = (nuint)(j % VirtualLanes<T>.Count);
            V.Store(V.Load(ref sums, lane) + power, ref sums, lane);
        }

        return lanes.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Divide(ref T row, int count, T sum)
    {
        V divisor = V.Broadcast(sum);
        for (int j = 0; j < count; j += V.Count)
            V.Store(V.Load(ref row, (nuint)j) / divisor, ref row, (nuint)j);
    }
}
