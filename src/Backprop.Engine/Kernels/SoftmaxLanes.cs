using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Softmax at one vector width.</summary>
/// <remarks>
/// None of its loops may be inlined: a caller that is compiled anew once it is hot would take them in, and then has no room
/// left for the small methods that they are made of. Calls of those cost more than all else in a small network's prediction.
/// </remarks>
sealed class SoftmaxLanes<T, V> : SoftmaxLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void Apply(Matrix<T> u, Matrix<T> x, RowRange rows)
    {
        T maximum = default, sum = default;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T to = ref x.RowReference(row);
            Powers(ref u.RowReference(row), 0, ref to, 0, u.Columns, ref maximum, ref sum, 1);
            Divide(ref to, u.Columns, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
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

    /// <summary>
    /// For each of some rows: maximum m = max u, powers e^(u − m) with padding 0, and their sum in 16 virtual lanes.
    /// </summary>
    /// <param name="u">The first row.</param>
    /// <param name="stride">From one row of u to the next.</param>
    /// <param name="powers">The first row that the powers go to; it may be that of u.</param>
    /// <param name="powersStride">From one row of powers to the next.</param>
    /// <param name="columns">The width of the rows.</param>
    /// <param name="maxima">Receives the maxima; NaN beside numbers comes out of the powers.</param>
    /// <param name="sums">Receives the sums.</param>
    /// <param name="rows">How many rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Powers(
        ref T u, nint stride, ref T powers, nint powersStride, int columns, ref T maxima, ref T sums, int rows)
    {
        Powers(ref u, stride, ref powers, powersStride, columns, ref maxima, rows);
        Sums(ref powers, powersStride, columns, ref sums, rows);
    }

    /// <remarks>Methods of their own: of a larger one the compiler would not inline all parts.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Powers(ref T u, nint stride, ref T powers, nint powersStride, int columns, ref T maxima, int rows)
    {
        for (int row = rows; row > 0; row--)
        {
            T maximum = Maximum(ref u, columns);
            V shift = V.Broadcast(maximum);
            for (int j = 0; j < columns; j += V.Count)
            {
                // Masked before the exponential: a padding lane must not meet subnormals, which are slow.
                V mask = LaneMask<T>.Load<V>(columns - j);
                V.Store(V.And(mask, V.Exp(V.And(mask, V.Load(ref u, (nuint)j) - shift))), ref powers, (nuint)j);
            }

            maxima = maximum;
            maxima = ref Unsafe.Add(ref maxima, 1);
            u = ref Unsafe.Add(ref u, stride);
            powers = ref Unsafe.Add(ref powers, powersStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Sums(ref T powers, nint stride, int columns, ref T sums, int rows)
    {
        for (int row = rows; row > 0; row--)
        {
            // Of 16 lanes those beyond one vector are +0 then, which adds nothing.
            sums = columns <= V.Count ? V.SumOfLanes(V.Load(ref powers, 0)) : LaneSum<V, T>.Sum(ref powers, columns);
            sums = ref Unsafe.Add(ref sums, 1);
            powers = ref Unsafe.Add(ref powers, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Maximum(ref T row, int columns)
    {
        if (columns > V.Count)
            return LaneSum<V, T>.Maximum(ref row, columns);

        V bottom = V.Constant(double.NegativeInfinity);
        return V.MaximumOfLanes(V.Select(LaneMask<T>.Load<V>(columns), V.Load(ref row, 0), bottom));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Divide(ref T row, int count, T sum)
    {
        V divisor = V.Broadcast(sum);
        for (int j = 0; j < count; j += V.Count)
            V.Store(V.Load(ref row, (nuint)j) / divisor, ref row, (nuint)j);
    }
}
