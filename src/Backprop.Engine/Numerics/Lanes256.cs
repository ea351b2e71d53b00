using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Engine;

/// <summary>256 bits of elements.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Vector256<T> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    public static Lanes256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<T>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Constant(double value) => new(Vector256.Create(Rounding.To<T>(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref readonly T source, nuint index) =>
        new(Vector256.LoadUnsafe(in source, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> value, ref T destination, nuint index) =>
        value._value.StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T First(Lanes256<T> value) => value._value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a) => new(a._value ^ Vector256.Create(T.NegativeZero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> x) => new(Vector256.AndNot(x._value, Vector256.Create(T.NegativeZero)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> x) => new(Vector256.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Lesser(Lanes256<T> a, Lanes256<T> b)
    {
        if (!Avx.IsSupported)
            return IfLess(a, b, a, b);

        return typeof(T) == typeof(float)
            ? new(Avx.Min(a._value.AsSingle(), b._value.AsSingle()).As<float, T>())
            : new(Avx.Min(a._value.AsDouble(), b._value.AsDouble()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SubtractProduct(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c)
    {
        if (!Fma.IsSupported)
            return MultiplyAdd(-a, b, c);

        return typeof(T) == typeof(float)
            ? new(Fma.MultiplyAddNegated(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
            : new(Fma.MultiplyAddNegated(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessMask(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThan(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> EqualMask(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Equals(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> then, Lanes256<T> otherwise) =>
        new(Vector256.ConditionalSelect(mask._value, then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> IfLess(Lanes256<T> a, Lanes256<T> b, Lanes256<T> then, Lanes256<T> otherwise) =>
        Select(LessMask(a, b), then, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes256<T> mask) => mask._value.AsInt64() != Vector256<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumOfLanes(Lanes256<T> value) =>
        Lanes128<T>.SumOfLanes(new(value._value.GetLower() + value._value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaximumOfLanes(Lanes256<T> value)
    {
        Lanes128<T> lower = new(value._value.GetLower()), upper = new(value._value.GetUpper());
        return Lanes128<T>.MaximumOfLanes(Lanes128<T>.IfLess(lower, upper, upper, lower));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> And(Lanes256<T> a, Lanes256<T> b) => new(a._value & b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Or(Lanes256<T> a, Lanes256<T> b) => new(a._value | b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Xor(Lanes256<T> a, Lanes256<T> b) => new(a._value ^ b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AndNot(Lanes256<T> a, Lanes256<T> b) => new(Vector256.AndNot(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FromBits(long bits) => typeof(T) == typeof(float)
        ? new(Vector256.Create((int)bits).As<int, T>())
        : new(Vector256.Create(bits).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AddBits(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? new((a._value.AsInt32() + b._value.AsInt32()).As<int, T>())
        : new((a._value.AsInt64() + b._value.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SubtractBits(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? new((a._value.AsInt32() - b._value.AsInt32()).As<int, T>())
        : new((a._value.AsInt64() - b._value.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftLeft(Lanes256<T> value, int count) => typeof(T) == typeof(float)
        ? new((value._value.AsInt32() << count).As<int, T>())
        : new((value._value.AsInt64() << count).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftRight(Lanes256<T> value, int count) => typeof(T) == typeof(float)
        ? new((value._value.AsUInt32() >>> count).As<uint, T>())
        : new((value._value.AsUInt64() >>> count).As<ulong, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Exp(Lanes256<T> x) => Elementary.Exp<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ExpMinusOne(Lanes256<T> x) => Elementary.ExpMinusOne<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Log(Lanes256<T> x) => Elementary.Log<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LogOnePlus(Lanes256<T> x) => Elementary.LogOnePlus<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Tanh(Lanes256<T> x) => Elementary.Tanh<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Logistic(Lanes256<T> x) => Elementary.Logistic<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Softplus(Lanes256<T> x) => Elementary.Softplus<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Erf(Lanes256<T> x) => Elementary.Erf<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sin(Lanes256<T> x) => Elementary.Sin<Lanes256<T>, T>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Cos(Lanes256<T> x) => Elementary.Cos<Lanes256<T>, T>(x);
}
