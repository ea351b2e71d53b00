using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>The loops of <see cref="TurnedCrossEntropy{T}"/> at one vector width.</summary>
/// <remarks>Several methods: of a larger one the compiler would not inline all parts.</remarks>
sealed class TurnedCrossEntropyLanes<T, V>(double smoothing) : TurnedCrossEntropy<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    const int Lanes = VirtualLanes<T>.Count;

    /// <summary>So many classes are combined in registers.</summary>
    const int Few = 4;

    readonly double _smoothing = smoothing;

    /// <summary>The 16 virtual lanes of V.Count rows side by side.</summary>
    readonly Matrix<T> _lanes = new(Lanes, V.Count);

    public override void Evaluate(
        Matrix<T> u, int classes, T[] targets, T[] factors, T[] losses, Matrix<T> delta, int count)
    {
        for (int row = 0; row < count; row += V.Count)
        {
            ref T inputs = ref Unsafe.Add(ref u.Origin, row);
            ref T errors = ref Unsafe.Add(ref delta.Origin, row);
            ref T target = ref targets[row];
            ref T loss = ref losses[row];
            Powers(ref inputs, u.Stride, classes, ref target, ref errors, delta.Stride, ref loss);
            Finish(ref errors, delta.Stride, classes, ref target, ref factors[row], ref loss);
        }
    }

    /// <summary>e^z with z = u − max u, and Σ t·z in place of the loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Powers(ref T u, nint stride, int classes, ref T target, ref T powers, nint powersStride, ref T crossed)
    {
        V shift = classes <= Few ? MaximumOfFew(ref u, stride, classes) : Maximum(ref u, stride, classes);
        V hit = V.Load(ref target, 0);
        V chosen = V.Zero;
        V index = V.Zero;
        V one = V.Constant(1);
        ref T from = ref u;
        for (int j = 0; j < classes; j++)
        {
            V z = V.Load(ref from, 0) - shift;
            chosen = V.Select(V.EqualMask(index, hit), z, chosen);
            index += one;
            V.Store(V.Exp(z), ref powers, 0);
            from = ref Unsafe.Add(ref from, stride);
            powers = ref Unsafe.Add(ref powers, powersStride);
        }

        chosen *= V.Constant(1 - _smoothing);
        if (_smoothing != 0)
            chosen = V.MultiplyAdd(V.Constant(_smoothing / classes), Sum(ref u, stride, classes, shift), chosen);
        V.Store(chosen, ref crossed, 0);
    }

    /// <summary>ℓ = ln s − Σ t·z, and (e^z / s − t)·factor in place of the powers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Finish(ref T powers, nint stride, int classes, ref T target, ref T factors, ref T loss)
    {
        V sum = classes <= Few ? SumOfFew(ref powers, stride, classes) : Sum(ref powers, stride, classes, V.Zero);
        V.Store(V.Log(sum) - V.Load(ref loss, 0), ref loss, 0);
        V keep = V.Constant(1 - _smoothing);
        V spread = V.Constant(_smoothing / classes);
        V factor = V.Load(ref factors, 0);
        V hit = V.Load(ref target, 0);
        V index = V.Zero;
        V one = V.Constant(1);
        for (int j = 0; j < classes; j++)
        {
            V error = V.Load(ref powers, 0) / sum - spread;
            error = V.Select(V.EqualMask(index, hit), error - keep, error);
            V.Store(error * factor, ref powers, 0);
            index += one;
            powers = ref Unsafe.Add(ref powers, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    V Maximum(ref T u, nint stride, int classes)
    {
        ref T lanes = ref _lanes.Origin;
        for (int j = 0; j < classes; j++)
        {
            V value = V.Load(ref u, 0);
            if (j >= Lanes)
                value = Larger(V.Load(ref Lane(ref lanes, j - Lanes), 0), value);
            V.Store(value, ref Lane(ref lanes, j % Lanes), 0);
            u = ref Unsafe.Add(ref u, stride);
        }

        int used = Math.Min(classes, Lanes);
        for (int half = Half(used); half > 0; half /= 2)
        {
            for (int lane = 0; lane < used - half; lane++)
            {
                ref T place = ref Lane(ref lanes, lane);
                V.Store(Larger(V.Load(ref place, 0), V.Load(ref Lane(ref place, half), 0)), ref place, 0);
            }

            used = half;
        }

        return V.Load(ref lanes, 0);
    }

    /// <summary>Σ (term − shift); lanes beyond the classes are +0, which adds nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    V Sum(ref T terms, nint stride, int classes, V shift)
    {
        ref T lanes = ref _lanes.Origin;
        for (int j = 0; j < classes; j++)
        {
            V sum = j < Lanes ? V.Zero : V.Load(ref Lane(ref lanes, j - Lanes), 0);
            V.Store(sum + (V.Load(ref terms, 0) - shift), ref Lane(ref lanes, j % Lanes), 0);
            terms = ref Unsafe.Add(ref terms, stride);
        }

        int used = Math.Min(classes, Lanes);
        for (int half = Half(used); half > 0; half /= 2)
        {
            for (int lane = 0; lane < used - half; lane++)
            {
                ref T place = ref Lane(ref lanes, lane);
                V.Store(V.Load(ref place, 0) + V.Load(ref Lane(ref place, half), 0), ref place, 0);
            }

            used = half;
        }

        return V.Load(ref lanes, 0);
    }

    /// <summary>The same tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V MaximumOfFew(ref T u, nint stride, int classes)
    {
        V a = V.Load(ref u, 0);
        if (classes == 1)
            return a;

        V b = V.Load(ref Unsafe.Add(ref u, stride), 0);
        if (classes > 2)
            a = Larger(a, V.Load(ref Unsafe.Add(ref u, 2 * stride), 0));
        if (classes > 3)
            b = Larger(b, V.Load(ref Unsafe.Add(ref u, 3 * stride), 0));
        return Larger(a, b);
    }

    /// <summary>The same tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V SumOfFew(ref T terms, nint stride, int classes)
    {
        V a = V.Load(ref terms, 0);
        if (classes == 1)
            return a;

        V b = V.Load(ref Unsafe.Add(ref terms, stride), 0);
        if (classes > 2)
            a += V.Load(ref Unsafe.Add(ref terms, 2 * stride), 0);
        if (classes > 3)
            b += V.Load(ref Unsafe.Add(ref terms, 3 * stride), 0);
        return a + b;
    }

    /// <summary>The tree's first level with two lanes to combine: the largest power of two below the lanes in use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Half(int used) => used == 1 ? 0 : 1 << BitOperations.Log2((uint)used - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Larger(V a, V b) => V.IfLess(a, b, b, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ref T Lane(ref T lanes, int lane) => ref Unsafe.Add(ref lanes, lane * Lanes);
}
