using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop;

/// <summary>Reads numbers as <see cref="double.Parse(string)"/> does, to the bit, and knows what is none of them.</summary>
static class NumberText
{
    /// <summary>So many characters are looked at together.</summary>
    const int FewCharacters = 16;

    static readonly SearchValues<char> s_pointNumber = SearchValues.Create("0123456789+-eE.");
    static readonly SearchValues<char> s_commaNumber = SearchValues.Create("0123456789+-eE,");
    static readonly NumberFormatInfo s_comma = new() { NumberDecimalSeparator = "," };

    /// <summary>Those that doubles hold exactly and that are asked for.</summary>
    static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    ];

    /// <summary>Reads a trimmed text: digits with at most one decimal sign, a sign in front, an exponent behind.</summary>
    /// <param name="text">The text.</param>
    /// <param name="decimalSign">A point or a comma.</param>
    /// <param name="value">The number where the answer is Finite.</param>
    public static NumberSyntax Parse(ReadOnlySpan<char> text, char decimalSign, out double value)
    {
        return ReadPlain(text, 0, decimalSign, out value) == text.Length
            ? NumberSyntax.Finite
            : ParseAny(text, decimalSign, out value);
    }

    /// <summary>
    /// Reads the digits, with a sign in front and a decimal sign between, that stand in a text, as far as they go.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="decimalSign">A point or a comma.</param>
    /// <param name="value">The number.</param>
    /// <returns>Where the number ends; −1 if there is none of so few digits that it is known to the last bit.</returns>
    public static int ReadPlain(ReadOnlySpan<char> text, int start, char decimalSign, out double value)
    {
        const ulong LargestExact = 1UL << 53;
        const int DigitsThatFit = 18;
        int i = start;
        char first = (uint)i < (uint)text.Length ? text[i] : '\0';

        // Signs come as they like, so a processor guesses every second one wrong; it has nothing to guess here.
        i += (first == '-' ? 1 : 0) + (first == '+' ? 1 : 0);
        int count = i;
        ulong digits = 0;
        uint digit;
        for (; (uint)i < (uint)text.Length && (digit = (uint)(text[i] - '0')) <= 9; i++)
            digits = digits * 10 + digit;
        count = i - count;
        double divisor = 1;
        if ((uint)i < (uint)text.Length && text[i] == decimalSign)
        {
            int fraction = ++i;
            for (; (uint)i < (uint)text.Length && (digit = (uint)(text[i] - '0')) <= 9; i++)
                digits = digits * 10 + digit;
            fraction = i - fraction;
            count += fraction;
            divisor = (uint)fraction < (uint)PowersOfTen.Length ? PowersOfTen[fraction] : 1;
        }

        // Both operands are exact, so the one division rounds correctly, as double.Parse does.
        ulong sign = first == '-' ? 1UL << 63 : 0;
        value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits((long)digits / divisor) ^ sign);
        return (uint)(count - 1) < DigitsThatFit && digits <= LargestExact ? i : -1;
    }

    /// <summary>
    /// The number of a cell that is such a number from its beginning to its end, without a zero before other digits, as codes
    /// have; NaN for any other.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where the cell begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="decimalSign">A point or a comma.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfCell(ReadOnlySpan<char> line, int start, int end, char decimalSign) =>
        end - start is > 0 and < FewCharacters && end >= FewCharacters
            ? OfFew(in line[end - FewCharacters], end - start, decimalSign)
            : OfMany(line[..end], start, decimalSign);

    static double OfMany(ReadOnlySpan<char> text, int start, char decimalSign) =>
        !HasLeadingZero(text[start..]) && ReadPlain(text, start, decimalSign, out double value) == text.Length
            ? value
            : double.NaN;

    /// <summary>
    /// The same for few characters, all at once: digits come as they like, so a processor that looks at one after the other
    /// guesses wrong where they end.
    /// </summary>
    /// <param name="start">The first of the sixteen characters whose last is the cell's.</param>
    /// <param name="length">The length of the cell, from one to fifteen.</param>
    /// <param name="decimalSign">A point or a comma.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double OfFew(ref readonly char start, int length, char decimalSign)
    {
        ref ushort first = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in start));
        Vector128<byte> bytes = Vector128.NarrowWithSaturation(
            Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, FewCharacters / 2));
        ushort front = Unsafe.Add(ref first, FewCharacters - length);
        int minus = front == '-' ? 1 : 0;
        length -= minus | (front == '+' ? 1 : 0);

        // Less this, the digits are the ten least of all signed numbers. What else there may be is one point.
        Vector128<sbyte> isOther = Vector128.GreaterThan(
            (bytes - Vector128.Create((byte)('0' + 128))).AsSByte(), Vector128.Create((sbyte)(sbyte.MinValue + 9)));
        uint others = isOther.ExtractMostSignificantBits() >> (FewCharacters - length) << (FewCharacters - length);
        uint points = Vector128.Equals(bytes, Vector128.Create((byte)decimalSign)).ExtractMostSignificantBits();
        int point = 31 - BitOperations.LeadingZeroCount(others);

        // Zeros before the digits, and those in front of the point one place further.
        Vector128<byte> digits = bytes & Vector128.Create((byte)0xF)
            & Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(LastPlaces), (nuint)length);
        Vector128<sbyte> places = Vector128<sbyte>.Indices;
        places += Vector128.GreaterThan(Vector128.Create((sbyte)(point + 1)), places);

        // Behind the cell is no digit: a zero alone is no zero before others.
        int place = FewCharacters - length;
        uint leadsZero = (Unsafe.Add(ref first, place) == '0' ? 1u : 0u) & ~((others | (1u << FewCharacters)) >> (place + 1));
        double number = SixteenDigits(Shuffled(digits, places.AsByte())) / Divisors[point + 1 + minus * (FewCharacters + 1)];
        return ((others & (others - 1)) | (others & ~points) | (leadsZero & 1)) == 0 && length > (others == 0 ? 0 : 1)
            ? number
            : double.NaN;
    }

    /// <summary>
    /// By where the point is, from none to the last of sixteen places: for positive numbers, then for negative ones.
    /// </summary>
    static ReadOnlySpan<double> Divisors =>
    [
        1, 1e15, 1e14, 1e13, 1e12, 1e11, 1e10, 1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1,
        -1, -1e15, -1e14, -1e13, -1e12, -1e11, -1e10, -1e9, -1e8, -1e7, -1e6, -1e5, -1e4, -1e3, -1e2, -1e1, -1,
    ];

    /// <summary>From place n on, what leaves the last n of sixteen bytes.</summary>
    static ReadOnlySpan<byte> LastPlaces =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>The bytes at some places; 0 for a place below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Shuffled(Vector128<byte> bytes, Vector128<byte> places) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(bytes, places) : Vector128.Shuffle(bytes, places);

    /// <summary>The number of sixteen digits: of pairs, then of pairs of pairs, then of eight and eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static long SixteenDigits(Vector128<byte> digits)
    {
        const uint EightPlaces = 100_000_000;
        if (!Sse41.IsSupported)
            return EightDigits(digits.AsUInt64()[0]) * EightPlaces + EightDigits(digits.AsUInt64()[1]);

        Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((short)(10 | (1 << 8))).AsSByte());
        Vector128<int> fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(100 | (1 << 16)).AsInt16());
        Vector128<short> packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
        ulong eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create(10_000 | (1 << 16)).AsInt16()).AsUInt64().ToScalar();
        return (long)((eights & uint.MaxValue) * EightPlaces + (eights >> 32));
    }

    static long EightDigits(ulong digits)
    {
        digits = digits * 10 + (digits >> 8);
        return (long)(((digits & 0xFF_0000_00FF) * (100 + (1_000_000UL << 32))
            + ((digits >> 16) & 0xFF_0000_00FF) * (1 + (10_000UL << 32))) >> 32);
    }

    /// <summary>
    /// Whether a text is digits that a number does not keep: with a zero before others, or a whole number that doubles do not
    /// tell from its neighbours.
    /// </summary>
    public static bool IsCode(ReadOnlySpan<char> text)
    {
        const long LargestExact = 1L << 53;
        const int FewDigits = 15;

        // Nearly all numbers are none, which two characters tell.
        if (text.IsEmpty || (text[0] != '0' && text.Length <= FewDigits) || text.IndexOfAnyExceptInRange('0', '9') >= 0)
            return false;
        return HasLeadingZero(text)
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) || value > LargestExact;
    }

    /// <summary>Whether a text begins, behind a sign, with a zero and another digit, as codes do and numbers do not.</summary>
    static bool HasLeadingZero(ReadOnlySpan<char> text) =>
        text is ['0', >= '0' and <= '9', ..] or ['+' or '-', '0', >= '0' and <= '9', ..];

    /// <summary>Whether a character may stand in a number.</summary>
    public static bool MayHave(char c, char decimalSign) =>
        char.IsAsciiDigit(c) || c is '+' or '-' or 'e' or 'E' || c == decimalSign;

    static NumberSyntax ParseAny(ReadOnlySpan<char> text, char decimalSign, out double value)
    {
        bool comma = decimalSign == ',';
        if (text.IndexOfAnyExcept(comma ? s_commaNumber : s_pointNumber) < 0
            && double.TryParse(text, NumberStyles.Float, comma ? s_comma : NumberFormatInfo.InvariantInfo, out value))
        {
            return double.IsFinite(value) ? NumberSyntax.Finite : NumberSyntax.TooLarge;
        }

        value = double.NaN;
        ReadOnlySpan<char> word = text.TrimStart("+-");
        bool isInfinity = word.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || word.Equals("infinity", StringComparison.OrdinalIgnoreCase) || word is "∞";
        return isInfinity ? NumberSyntax.Infinity : NumberSyntax.None;
    }
}
