using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The loops of one activation at one vector width, not inlined for the reason of <see cref="SoftmaxLanes{T, V}"/>.
/// </summary>
sealed class ActivationLanes<T, V, TActivation>(TActivation activation) : ActivationLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
    where TActivation : struct, IActivation
{
    readonly TActivation _activation = activation;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void Apply(Matrix<T> u, Matrix<T> x, RowRange rows, int first, int count)
    {
        TActivation f = _activation;
        nint vectors = VectorsEnd(x, first, count);
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T from = ref Unsafe.Add(ref u.RowReference(row), first);
            ref T to = ref Unsafe.Add(ref x.RowReference(row), first);
            nint i = 0;
            for (; i < vectors; i += V.Count)
                V.Store(f.Value(V.Load(ref from, (nuint)i)), ref to, (nuint)i);

            for (; i < count; i++)
                Lane1<T>.Store(f.Value(Lane1<T>.Load(ref from, (nuint)i)), ref to, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void MultiplyByDerivative(
        Matrix<T> u, Matrix<T> x, Matrix<T> delta, RowRange rows, int first, int count)
    {
        TActivation f = _activation;
        nint vectors = VectorsEnd(x, first, count);
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T input = ref Unsafe.Add(ref u.RowReference(row), first);
            ref T output = ref Unsafe.Add(ref x.RowReference(row), first);
            ref T error = ref Unsafe.Add(ref delta.RowReference(row), first);
            nint i = 0;
            for (; i < vectors; i += V.Count)
            {
                V slope = f.Derivative(V.Load(ref input, (nuint)i), V.Load(ref output, (nuint)i));
                V.Store(V.Load(ref error, (nuint)i) * slope, ref error, (nuint)i);
            }

            for (; i < count; i++)
            {
                Lane1<T> slope = f.Derivative(
                    Lane1<T>.Load(ref input, (nuint)i), Lane1<T>.Load(ref output, (nuint)i));
                Lane1<T>.Store(Lane1<T>.Load(ref error, (nuint)i) * slope, ref error, (nuint)i);
            }

            // The last vector may have run into the padding, whose errors must stay 0 whatever f′(0) is there.
            for (i = count; i < vectors; i++)
                Unsafe.Add(ref error, i) = T.Zero;
        }
    }

    /// <summary>
    /// Where whole vectors end: a layer of one activation runs on into the padding of its rows, part of a layer stops
    /// before its neighbours.
    /// </summary>
    static nint VectorsEnd(Matrix<T> x, int first, int count) => first == 0 && count == x.Columns
        ? (count + V.Count - 1) / V.Count * V.Count
        : count / V.Count * V.Count;
}
