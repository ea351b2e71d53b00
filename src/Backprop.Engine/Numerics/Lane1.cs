using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>One element: the plain form of every formula, for scalars and for the reference kernels.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
readonly struct Lane1<T>(T value) : ILanes<Lane1<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly T _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    public static Lane1<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(T.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Broadcast(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Constant(double value) => new(Rounding.To<T>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Load(ref readonly T source, nuint index) =>
        new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane1<T> value, ref T destination, nuint index) =>
        Unsafe.Add(ref destination, index) = value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T First(Lane1<T> value) => value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator +(Lane1<T> a, Lane1<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator -(Lane1<T> a, Lane1<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator *(Lane1<T> a, Lane1<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator /(Lane1<T> a, Lane1<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator -(Lane1<T> a) => Xor(a, new(T.NegativeZero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> MultiplyAdd(Lane1<T> a, Lane1<T> b, Lane1<T> c) =>
        new(T.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Abs(Lane1<T> x) => AndNot(x, new(T.NegativeZero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Sqrt(Lane1<T> x) => new(T.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> LessMask(Lane1<T> a, Lane1<T> b) => FromBits(a._value < b._value ? -1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> EqualMask(Lane1<T> a, Lane1<T> b) => FromBits(a._value == b._value ? -1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Select(Lane1<T> mask, Lane1<T> then, Lane1<T> otherwise) =>
        Or(And(mask, then), AndNot(otherwise, mask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> IfLess(Lane1<T> a, Lane1<T> b, Lane1<T> then, Lane1<T> otherwise) =>
        a._value < b._value ? then : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lane1<T> mask) => Bits(mask) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumOfLanes(Lane1<T> value) => value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaximumOfLanes(Lane1<T> value) => value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> And(Lane1<T> a, Lane1<T> b) => FromBits(Bits(a) & Bits(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Or(Lane1<T> a, Lane1<T> b) => FromBits(Bits(a) | Bits(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Xor(Lane1<T> a, Lane1<T> b) => FromBits(Bits(a) ^ Bits(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> AndNot(Lane1<T> a, Lane1<T> b) => FromBits(Bits(a) & ~Bits(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> FromBits(long bits)
    {
        if (typeof(T) == typeof(float))
        {
            int low = (int)bits;
            return new(Unsafe.BitCast<int, T>(low));
        }

        return new(Unsafe.BitCast<long, T>(bits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> AddBits(Lane1<T> a, Lane1<T> b) => FromBits(Bits(a) + Bits(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> SubtractBits(Lane1<T> a, Lane1<T> b) => FromBits(Bits(a) - Bits(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> ShiftLeft(Lane1<T> value, int count) => FromBits(Bits(value) << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> ShiftRight(Lane1<T> value, int count) => FromBits(
        typeof(T) == typeof(float) ? (long)((uint)Bits(value) >>> count) : (long)((ulong)Bits(value) >>> count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static long Bits(Lane1<T> value) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<T, int>(value._value)
        : Unsafe.BitCast<T, long>(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Exp(Lane1<T> x) => Elementary.Exp<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> ExpMinusOne(Lane1<T> x) => Elementary.ExpMinusOne<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Log(Lane1<T> x) => Elementary.Log<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> LogOnePlus(Lane1<T> x) => Elementary.LogOnePlus<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Tanh(Lane1<T> x) => Elementary.Tanh<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Logistic(Lane1<T> x) => Elementary.Logistic<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Softplus(Lane1<T> x) => Elementary.Softplus<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Erf(Lane1<T> x) => Elementary.Erf<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Sin(Lane1<T> x) => Elementary.Sin<Lane1<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Cos(Lane1<T> x) => Elementary.Cos<Lane1<T>, T>(x);
}
