using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Sums down columns at one vector width, not inlined for the reason of <see cref="SoftmaxLanes{T, V}"/>.</summary>
sealed class ColumnSumLanes<T, V> : ColumnSumLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void Sum(Matrix<T> a, int count, Matrix<T> sums, RowRange columns, bool goOn) =>
        Fold<Adding>(a, a, a.Stride, count, sums, columns, goOn);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void SumProducts(
        Matrix<T> a, Matrix<T> b, int count, Matrix<T> sums, RowRange columns, bool goOn) =>
        Fold<AddingProducts>(a, b, b.Stride, count, sums, columns, goOn);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void SumSquares(Matrix<T> a, Matrix<T> centre, int count, Matrix<T> sums, RowRange columns) =>
        Fold<AddingSquares>(a, centre, 0, count, sums, columns, goOn: false);

    /// <summary>One term taken into a sum.</summary>
    interface ITerm
    {
        static abstract V Take(V sum, V a, V b);
    }

    /// <summary>Four vectors of columns at a time hide how long an addition takes; then one.</summary>
    /// <param name="a">[rows, columns].</param>
    /// <param name="b">What is taken in with a: a matrix, or one row for all.</param>
    /// <param name="step">From one row of b to the next; 0 where there is one for all.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="sums">[1, columns].</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="goOn">Whether the chains go on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fold<TTerm>(
        Matrix<T> a, Matrix<T> b, nint step, int count, Matrix<T> sums, RowRange columns, bool goOn)
        where TTerm : struct, ITerm
    {
        int column = columns.Start;
        for (; column < columns.End - 3 * V.Count; column += 4 * V.Count)
        {
            ref T left = ref Unsafe.Add(ref a.Origin, column);
            ref T right = ref Unsafe.Add(ref b.Origin, column);
            ref T to = ref Unsafe.Add(ref sums.Origin, column);
            V first = V.Zero, second = V.Zero, third = V.Zero, fourth = V.Zero;
            if (goOn)
                (first, second, third, fourth) = (At(ref to, 0), At(ref to, 1), At(ref to, 2), At(ref to, 3));

            for (int row = count; row > 0; row--)
            {
                first = TTerm.Take(first, At(ref left, 0), At(ref right, 0));
                second = TTerm.Take(second, At(ref left, 1), At(ref right, 1));
                third = TTerm.Take(third, At(ref left, 2), At(ref right, 2));
                fourth = TTerm.Take(fourth, At(ref left, 3), At(ref right, 3));
                left = ref Unsafe.Add(ref left, a.Stride);
                right = ref Unsafe.Add(ref right, step);
            }

            V.Store(first, ref to, 0);
            V.Store(second, ref to, (nuint)V.Count);
            V.Store(third, ref to, 2 * (nuint)V.Count);
            V.Store(fourth, ref to, 3 * (nuint)V.Count);
        }

        for (; column < columns.End; column += V.Count)
        {
            ref T left = ref Unsafe.Add(ref a.Origin, column);
            ref T right = ref Unsafe.Add(ref b.Origin, column);
            V sum = goOn ? V.Load(ref sums.Origin, (nuint)column) : V.Zero;
            for (int row = count; row > 0; row--)
            {
                sum = TTerm.Take(sum, V.Load(ref left, 0), V.Load(ref right, 0));
                left = ref Unsafe.Add(ref left, a.Stride);
                right = ref Unsafe.Add(ref right, step);
            }

            V.Store(sum, ref sums.Origin, (nuint)column);
        }

        RowPadding<V, T>.Clear(ref sums.Origin, columns.End);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V At(ref T source, nuint vector) => V.Load(ref source, vector * (nuint)V.Count);

    readonly struct Adding : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Take(V sum, V a, V b) => sum + a;
    }

    readonly struct AddingProducts : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Take(V sum, V a, V b) => V.MultiplyAdd(a, b, sum);
    }

    readonly struct AddingSquares : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Take(V sum, V a, V b)
        {
            V distance = a - b;
            return V.MultiplyAdd(distance, distance, sum);
        }
    }
}
