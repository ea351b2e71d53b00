using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Layer normalisation at one vector width, not inlined for the reason of <see cref="SoftmaxLanes{T, V}"/>.</summary>
sealed class LayerNormLanes<T, V>(T epsilon) : LayerNormLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    readonly T _epsilon = epsilon;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void Normalise(
        Matrix<T> x, Matrix<T> factors, Matrix<T> bias, Matrix<T> normalised, T[] reciprocals, Matrix<T> y, RowRange rows)
    {
        int columns = x.Columns;
        T count = Rounding.To<T>(columns);
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T from = ref x.RowReference(row);
            ref T kept = ref normalised.RowReference(row);
            ref T to = ref y.RowReference(row);
            V mean = V.Broadcast(LaneSum<V, T>.Sum(in from, columns) / count);
            for (int j = 0; j < columns; j += V.Count)
                V.Store(V.Load(ref from, (nuint)j) - mean, ref kept, (nuint)j);

            V variance = V.Broadcast(LaneSum<V, T>.SumOfSquares(in kept, columns) / count);
            V reciprocal = V.Constant(1) / V.Sqrt(variance + V.Broadcast(_epsilon));
            reciprocals[row] = V.First(reciprocal);
            for (int j = 0; j < columns; j += V.Count)
            {
                V value = V.Load(ref kept, (nuint)j) * reciprocal;
                V.Store(value, ref kept, (nuint)j);
                V.Store(
                    V.MultiplyAdd(value, V.Load(ref factors.Origin, (nuint)j), V.Load(ref bias.Origin, (nuint)j)),
                    ref to, (nuint)j);
            }

            RowPadding<V, T>.Clear(ref kept, columns);
            RowPadding<V, T>.Clear(ref to, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void PassBack(
        Matrix<T> delta, Matrix<T> normalised, Matrix<T> factors, T[] reciprocals, Matrix<T> errors, RowRange rows)
    {
        int columns = delta.Columns;
        T count = Rounding.To<T>(columns);
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T from = ref delta.RowReference(row);
            ref T kept = ref normalised.RowReference(row);
            ref T to = ref errors.RowReference(row);
            for (int j = 0; j < columns; j += V.Count)
                V.Store(V.Load(ref from, (nuint)j) * V.Load(ref factors.Origin, (nuint)j), ref to, (nuint)j);

            V error = V.Broadcast(LaneSum<V, T>.Sum(in to, columns) / count);
            V product = V.Broadcast(LaneSum<V, T>.Dot(in to, in kept, columns) / count);
            V reciprocal = V.Broadcast(reciprocals[row]);
            for (int j = 0; j < columns; j += V.Count)
            {
                V difference = V.Load(ref to, (nuint)j) - error;
                V value = V.SubtractProduct(V.Load(ref kept, (nuint)j), product, difference);
                V.Store(reciprocal * value, ref to, (nuint)j);
            }

            RowPadding<V, T>.Clear(ref to, columns);
        }
    }
}
