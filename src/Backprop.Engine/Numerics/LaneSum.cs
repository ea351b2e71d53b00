using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Sums along a vector in one fixed shape, whatever the hardware's width: 16 virtual lanes starting at +0, lane i takes
/// the elements i, i + 16, i + 32, … in order, then lane i + lane i + 8, then + 4, + 2, + 1.
/// </summary>
/// <typeparam name="V">The hardware vector.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Memory must be readable up to the next multiple of 16 elements, as the rows of <see cref="Matrix{T}"/> are; what
/// stands there behind the <c>count</c> elements may be anything and changes nothing.
/// </remarks>
static class LaneSum<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σ source[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(ref readonly T source, int count) => Fold<Adding>(in source, in source, count);

    /// <summary>Σ source[i]², one fused multiply-add per term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumOfSquares(ref readonly T source, int count) => Fold<AddingProducts>(in source, in source, count);

    /// <summary>Σ a[i]·b[i], one fused multiply-add per term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Dot(ref readonly T a, ref readonly T b, int count) => Fold<AddingProducts>(in a, in b, count);

    /// <summary>
    /// The largest of the elements, −∞ of none. NaN elements are passed over; of +0 and −0 the one met first in the
    /// shape stays.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Maximum(ref readonly T source, int count) => Fold<TakingMaximum>(in source, in source, count);

    /// <summary>The lanes' start, one term taken in, and two lanes combined.</summary>
    interface IFold
    {
        static abstract V Start { get; }

        static abstract V Take(V lanes, V a, V b);

        static abstract V Combine(V lanes, V others);

        static abstract T CombineLanes(V lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fold<TFold>(ref readonly T a, ref readonly T b, int count)
        where TFold : struct, IFold
    {
        if (V.Count == 16)
            return Fold1<TFold>(in a, in b, count);
        if (V.Count == 8)
            return Fold2<TFold>(in a, in b, count);
        return V.Count == 4 ? Fold4<TFold>(in a, in b, count) : FoldMany<TFold>(in a, in b, count);
    }

    /// <summary>16 lanes in one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fold1<TFold>(ref readonly T a, ref readonly T b, int count)
        where TFold : struct, IFold
    {
        V lanes = TFold.Start;
        nuint whole = (nuint)count & ~(nuint)15, i = 0;
        for (; i < whole; i += 16)
            lanes = TFold.Take(lanes, V.Load(in a, i), V.Load(in b, i));

        if (i < (nuint)count)
        {
            nuint used = (nuint)count - i;
            lanes = TakeTail<TFold>(lanes, in a, in b, i, 0, used);
        }

        return TFold.CombineLanes(lanes);
    }

    /// <summary>16 lanes in two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fold2<TFold>(ref readonly T a, ref readonly T b, int count)
        where TFold : struct, IFold
    {
        V lanes0 = TFold.Start, lanes1 = TFold.Start;
        nuint whole = (nuint)count & ~(nuint)15, i = 0;
        for (; i < whole; i += 16)
        {
            lanes0 = TFold.Take(lanes0, V.Load(in a, i), V.Load(in b, i));
            lanes1 = TFold.Take(lanes1, V.Load(in a, i + 8), V.Load(in b, i + 8));
        }

        if (i < (nuint)count)
        {
            nuint used = (nuint)count - i;
            lanes0 = TakeTail<TFold>(lanes0, in a, in b, i, 0, used);
            lanes1 = TakeTail<TFold>(lanes1, in a, in b, i, 8, used);
        }

        return TFold.CombineLanes(TFold.Combine(lanes0, lanes1));
    }

    /// <summary>16 lanes in four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fold4<TFold>(ref readonly T a, ref readonly T b, int count)
        where TFold : struct, IFold
    {
        V lanes0 = TFold.Start, lanes1 = TFold.Start, lanes2 = TFold.Start, lanes3 = TFold.Start;
        nuint whole = (nuint)count & ~(nuint)15, i = 0;
        for (; i < whole; i += 16)
        {
            lanes0 = TFold.Take(lanes0, V.Load(in a, i), V.Load(in b, i));
            lanes1 = TFold.Take(lanes1, V.Load(in a, i + 4), V.Load(in b, i + 4));
            lanes2 = TFold.Take(lanes2, V.Load(in a, i + 8), V.Load(in b, i + 8));
            lanes3 = TFold.Take(lanes3, V.Load(in a, i + 12), V.Load(in b, i + 12));
        }

        if (i < (nuint)count)
        {
            nuint used = (nuint)count - i;
            lanes0 = TakeTail<TFold>(lanes0, in a, in b, i, 0, used);
            lanes1 = TakeTail<TFold>(lanes1, in a, in b, i, 4, used);
            lanes2 = TakeTail<TFold>(lanes2, in a, in b, i, 8, used);
            lanes3 = TakeTail<TFold>(lanes3, in a, in b, i, 12, used);
        }

        return TFold.CombineLanes(TFold.Combine(TFold.Combine(lanes0, lanes2), TFold.Combine(lanes1, lanes3)));
    }

    /// <summary>16 lanes in memory, for the narrowest vectors and for single elements: the plain form.</summary>
    static T FoldMany<TFold>(ref readonly T a, ref readonly T b, int count)
        where TFold : struct, IFold
    {
        Lanes16 storage = default;
        ref T lanes = ref Unsafe.As<Lanes16, T>(ref storage);
        for (int lane = 0; lane < 16; lane += V.Count)
            V.Store(TFold.Start, ref lanes, (nuint)lane);

        nuint whole = (nuint)count & ~(nuint)15, i = 0;
        for (; i < whole; i += 16)
        {
            for (nuint lane = 0; lane < 16; lane += (nuint)V.Count)
                V.Store(TFold.Take(V.Load(in lanes, lane), V.Load(in a, i + lane), V.Load(in b, i + lane)), ref lanes, lane);
        }

        if (i < (nuint)count)
        {
            nuint used = (nuint)count - i;
            for (nuint lane = 0; lane < 16; lane += (nuint)V.Count)
                V.Store(TakeTail<TFold>(V.Load(in lanes, lane), in a, in b, i, lane, used), ref lanes, lane);
        }

        for (nuint half = 8; half >= (nuint)V.Count; half /= 2)
        {
            for (nuint lane = 0; lane < half; lane += (nuint)V.Count)
                V.Store(TFold.Combine(V.Load(in lanes, lane), V.Load(in lanes, lane + half)), ref lanes, lane);
        }

        return TFold.CombineLanes(V.Load(in lanes, 0));
    }

    /// <summary>
    /// Takes in the vector at <paramref name="lane"/> of the last group of 16, of which <paramref name="used"/> elements
    /// are terms; the others are replaced by what changes no lane.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V TakeTail<TFold>(V lanes, ref readonly T a, ref readonly T b, nuint group, nuint lane, nuint used)
        where TFold : struct, IFold
    {
        // A lane that starts at +0 is never −0, so adding +0 (or +0·+0) to it changes nothing.
        V mask = LaneMask<T>.From<V>(16 - used + lane);
        V neutral = TFold.Start;
        return TFold.Take(
            lanes,
            V.Select(mask, V.Load(in a, group + lane), neutral),
            V.Select(mask, V.Load(in b, group + lane), neutral));
    }

    [InlineArray(16)]
    struct Lanes16
    {
        T _lane;
    }

    readonly struct Adding : IFold
    {
        public static V Start => V.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Take(V lanes, V a, V b) => lanes + a;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine(V lanes, V others) => lanes + others;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T CombineLanes(V lanes) => V.SumOfLanes(lanes);
    }

    readonly struct AddingProducts : IFold
    {
        public static V Start => V.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Take(V lanes, V a, V b) => V.MultiplyAdd(a, b, lanes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine(V lanes, V others) => lanes + others;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T CombineLanes(V lanes) => V.SumOfLanes(lanes);
    }

    readonly struct TakingMaximum : IFold
    {
        public static V Start => V.Constant(double.NegativeInfinity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Take(V lanes, V a, V b) => Combine(lanes, a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine(V lanes, V others) => V.IfLess(lanes, others, others, lanes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T CombineLanes(V lanes) => V.MaximumOfLanes(lanes);
    }
}
