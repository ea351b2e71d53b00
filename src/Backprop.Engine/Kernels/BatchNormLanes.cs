using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Batch normalisation at one vector width, not inlined for the reason of <see cref="SoftmaxLanes{T, V}"/>.</summary>
sealed class BatchNormLanes<T, V>(T epsilon) : BatchNormLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    /// <summary>
    /// Rows at a time: the columns' root and quotient are computed once for them, and their cache lines, which a column goes
    /// through in part, are still near for the next column.
    /// </summary>
    const int BlockRows = 16;

    readonly T _epsilon = epsilon;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void Normalise(
        Matrix<T> x, Matrix<T> mean, Matrix<T> variance, Matrix<T> factors, Matrix<T> bias, Matrix<T> normalised, Matrix<T> y,
        RowRange rows)
    {
        V least = V.Broadcast(_epsilon), one = V.Constant(1);
        for (int start = rows.Start; start < rows.End; start += BlockRows)
        {
            int end = Math.Min(start + BlockRows, rows.End);
            for (int j = 0; j < x.Columns; j += V.Count)
            {
                V centre = V.Load(ref mean.Origin, (nuint)j);
                V reciprocal = one / V.Sqrt(V.Load(ref variance.Origin, (nuint)j) + least);
                V factor = V.Load(ref factors.Origin, (nuint)j);
                V addend = V.Load(ref bias.Origin, (nuint)j);
                for (int row = start; row < end; row++)
                {
                    V value = (V.Load(ref x.RowReference(row), (nuint)j) - centre) * reciprocal;
                    V.Store(value, ref normalised.RowReference(row), (nuint)j);
                    V.Store(V.MultiplyAdd(value, factor, addend), ref y.RowReference(row), (nuint)j);
                }
            }

            for (int row = start; row < end; row++)
            {
                RowPadding<V, T>.Clear(ref normalised.RowReference(row), x.Columns);
                RowPadding<V, T>.Clear(ref y.RowReference(row), x.Columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void PassBack(
        Matrix<T> delta, Matrix<T> normalised, Matrix<T> variance, Matrix<T> factors, Matrix<T> meanErrors,
        Matrix<T> meanProducts, Matrix<T> errors, RowRange rows)
    {
        V least = V.Broadcast(_epsilon), one = V.Constant(1);
        for (int start = rows.Start; start < rows.End; start += BlockRows)
        {
            int end = Math.Min(start + BlockRows, rows.End);
            for (int j = 0; j < delta.Columns; j += V.Count)
            {
                V reciprocal = one / V.Sqrt(V.Load(ref variance.Origin, (nuint)j) + least);
                V slope = V.Load(ref factors.Origin, (nuint)j) * reciprocal;
                V error = V.Load(ref meanErrors.Origin, (nuint)j);
                V product = V.Load(ref meanProducts.Origin, (nuint)j);
                for (int row = start; row < end; row++)
                {
                    V difference = V.Load(ref delta.RowReference(row), (nuint)j) - error;
                    V value = V.Load(ref normalised.RowReference(row), (nuint)j);
                    V.Store(slope * V.SubtractProduct(value, product, difference), ref errors.RowReference(row), (nuint)j);
                }
            }

            for (int row = start; row < end; row++)
                RowPadding<V, T>.Clear(ref errors.RowReference(row), delta.Columns);
        }
    }
}
