using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Columns times factors at one vector width, not inlined for the reason of <see cref="SoftmaxLanes{T, V}"/>.</summary>
sealed class ScaleLanes<T, V> : ScaleLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void Multiply(Matrix<T> from, Matrix<T> factors, Matrix<T> to, RowRange rows)
    {
        ref T factor = ref factors.Origin;
        for (int row = rows.Start; row < rows.End; row++)
        {
            ref T source = ref from.RowReference(row);
            ref T target = ref to.RowReference(row);
            for (int j = 0; j < to.Columns; j += V.Count)
                V.Store(V.Load(ref source, (nuint)j) * V.Load(ref factor, (nuint)j), ref target, (nuint)j);
            RowPadding<V, T>.Clear(ref target, to.Columns);
        }
    }
}
