using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop;

/// <summary>
/// Numbers as whole numbers over a power of ten, and back: a few at a time, with the bits that one at a time would have. The two
/// least whole numbers stand for what a quotient cannot be: missing, and −0.
/// </summary>
static class Quotients
{
    /// <summary>The powers of ten that there are.</summary>
    public static ReadOnlySpan<double> PowersOfTen => [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>Whether numbers are quotients of whole numbers and one divisor. NaN counts as one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Are(Vector256<double> numbers, double divisor)
    {
        var divisors = Vector256.Create(divisor);
        Vector256<double> present = Vector256.Equals(numbers, numbers);
        Vector256<double> same = Vector256.Equals(Vector256.Round(numbers * divisors) / divisors, numbers);
        return Vector256.EqualsAll((same | ~present).AsInt64(), Vector256<long>.AllBitsSet);
    }

    /// <summary>The whole numbers of numbers that are such quotients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static short[] Shorts(ReadOnlySpan<double> numbers, double divisor)
    {
        short[] result = GC.AllocateUninitializedArray<short>(numbers.Length);
        Span<short> last = stackalloc short[Vector128<short>.Count];
        for (int i = 0; i < numbers.Length; i += Vector128<short>.Count)
        {
            Vector128<int> low = Whole(Load(numbers, i), divisor, short.MinValue);
            Vector128<int> high = Whole(Load(numbers, i + Vector256<double>.Count), divisor, short.MinValue);
            Store(Vector128.Narrow(low, high), result, i, last);
        }

        return result;
    }

    /// <summary>The same, where they are larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Ints(ReadOnlySpan<double> numbers, double divisor)
    {
        int[] result = GC.AllocateUninitializedArray<int>(numbers.Length);
        Span<int> last = stackalloc int[Vector128<int>.Count];
        for (int i = 0; i < numbers.Length; i += Vector128<int>.Count)
            Store(Whole(Load(numbers, i), divisor, int.MinValue), result, i, last);
        return result;
    }

    /// <summary>The numbers, given their whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Numbers(ReadOnlySpan<short> whole, double divisor, Span<double> numbers)
    {
        int i = 0;
        for (; i <= whole.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.Create(whole[i..]));
            Quotient(low, divisor, short.MinValue).CopyTo(numbers[i..]);
            Quotient(high, divisor, short.MinValue).CopyTo(numbers[(i + Vector256<double>.Count)..]);
        }

        for (; i < whole.Length; i++)
            numbers[i] = Number(whole[i], divisor, short.MinValue);
    }

    /// <summary>The same, where they are larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Numbers(ReadOnlySpan<int> whole, double divisor, Span<double> numbers)
    {
        int i = 0;
        for (; i <= whole.Length - Vector128<int>.Count; i += Vector128<int>.Count)
            Quotient(Vector128.Create(whole[i..]), divisor, int.MinValue).CopyTo(numbers[i..]);
        for (; i < whole.Length; i++)
            numbers[i] = Number(whole[i], divisor, int.MinValue);
    }

    /// <summary>The number, given its whole number and the one that stands for missing.</summary>
    public static double Number(int whole, double divisor, int missing) =>
        whole > missing + 1 ? whole / divisor : whole == missing ? double.NaN : -0.0;

    /// <summary>Some of the numbers, zeros behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ReadOnlySpan<double> numbers, int start)
    {
        if (start <= numbers.Length - Vector256<double>.Count)
            return Vector256.Create(numbers[start..]);
        Vector256<double> rest = default;
        for (int i = 0; start + i < numbers.Length; i++)
            rest = rest.WithElement(i, numbers[start + i]);
        return rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<T>(Vector128<T> values, T[] destination, int start, Span<T> room)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (start <= destination.Length - Vector128<T>.Count)
        {
            values.CopyTo(destination, start);
            return;
        }

        values.CopyTo(room);
        room[..(destination.Length - start)].CopyTo(destination.AsSpan(start));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<int> Whole(Vector256<double> numbers, double divisor, int missing)
    {
        // Added to a whole number of 32 bits, it leaves that in the low bits of the sum.
        const double Shift = 3L << 51;
        Vector256<double> dividends = Vector256.Round(numbers * Vector256.Create(divisor));
        Vector256<long> whole = (dividends + Vector256.Create(Shift)).AsInt64();
        Vector256<long> minusZero = Vector256.Equals(dividends.AsInt64(), Vector256.Create(long.MinValue));
        whole = Vector256.ConditionalSelect(minusZero, Vector256.Create((long)missing + 1), whole);
        Vector256<long> present = Vector256.Equals(numbers, numbers).AsInt64();
        whole = Vector256.ConditionalSelect(present, whole, Vector256.Create((long)missing));
        return Vector128.Narrow(whole.GetLower(), whole.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Quotient(Vector128<int> whole, double divisor, int missing)
    {
        Vector256<double> dividends = Avx.IsSupported
            ? Avx.ConvertToVector256Double(whole)
            : Vector256.ConvertToDouble(Vector256.Create(Vector128.WidenLower(whole), Vector128.WidenUpper(whole)));
        Vector256<double> quotients = dividends / Vector256.Create(divisor);
        Vector256<double> isMissing = Vector256.Equals(dividends, Vector256.Create((double)missing));
        Vector256<double> isMinusZero = Vector256.Equals(dividends, Vector256.Create(missing + 1.0));
        quotients = Vector256.ConditionalSelect(isMinusZero, Vector256.Create(-0.0), quotients);
        return Vector256.ConditionalSelect(isMissing, Vector256.Create(double.NaN), quotients);
    }
}
