namespace Backprop;

/// <summary>
/// A run of numbers in the narrowest form that gives the same doubles back: bytes (0…255), decimals (a whole number of 16 or
/// 32 bits over a power of ten, as numbers with few digits are), floats or doubles. Pixels and codes so cost one byte,
/// measurements mostly two or four.
/// </summary>
readonly struct NumberBlock
{
    // The two least whole numbers stand for what a quotient cannot be.
    const int ShortMissing = short.MinValue, ShortMinusZero = ShortMissing + 1;
    const int IntMissing = int.MinValue, IntMinusZero = IntMissing + 1;

    static readonly double[] s_powersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    // byte[], short[], int[], float[] or double[]; the type is the form.
    readonly Array _values;
    readonly double _divisor;

    public NumberBlock(byte[] values)
        : this(values, 1)
    {
    }

    NumberBlock(Array values, double divisor) => (_values, _divisor) = (values, divisor);

    /// <summary>The numbers of one block, copied out of a buffer that the caller goes on using.</summary>
    public static NumberBlock Pack(ReadOnlySpan<double> values)
    {
        bool isFloat = true, isDecimal = true, isNatural = true;
        double most = 0;
        int power = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                isNatural = false;
                continue;
            }

            isNatural &= !double.IsNegative(value);
            isFloat &= (float)value == value;
            most = Math.Max(most, Math.Abs(value));

            // A number that is a quotient of one power of ten is one of each larger power, too.
            while (isDecimal && !IsQuotient(value, s_powersOfTen[power]))
                isDecimal = ++power < s_powersOfTen.Length;
            if (!isFloat && !isDecimal)
                return new NumberBlock(values.ToArray(), 1);
        }

        double divisor = isDecimal ? s_powersOfTen[power] : 1;
        if (isDecimal && isNatural && divisor == 1 && most <= byte.MaxValue)
            return new NumberBlock(Bytes(values));
        if (isDecimal && most * divisor < short.MaxValue)
            return new NumberBlock(Shorts(values, divisor), divisor);
        if (isFloat)
            return new NumberBlock(Floats(values), 1);
        return isDecimal && most * divisor < int.MaxValue
            ? new NumberBlock(Ints(values, divisor), divisor)
            : new NumberBlock(values.ToArray(), 1);
    }

    /// <summary>What a value costs.</summary>
    public int BytesPerValue => _values switch
    {
        double[] => sizeof(double),
        float[] or int[] => sizeof(float),
        byte[] => sizeof(byte),
        _ => sizeof(short),
    };

    public double this[int index] => _values switch
    {
        double[] values => values[index],
        float[] values => values[index],
        byte[] values => values[index],
        int[] values => FromInt(values[index], _divisor),
        _ => FromShort(((short[])_values)[index], _divisor),
    };

    public void CopyTo(int start, Span<double> destination)
    {
        double divisor = _divisor;
        switch (_values)
        {
            case double[] values:
                values.AsSpan(start, destination.Length).CopyTo(destination);
                break;
            case float[] values:
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = values[start + i];
                break;
            case byte[] values:
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = values[start + i];
                break;
            case int[] values:
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = FromInt(values[start + i], divisor);
                break;
            case short[] values:
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = FromShort(values[start + i], divisor);
                break;
        }
    }

    static bool IsQuotient(double value, double divisor) => Math.Round(value * divisor) / divisor == value;

    static double FromShort(int value, double divisor) => value > ShortMinusZero ? value / divisor : Special(value == ShortMissing);

    static double FromInt(int value, double divisor) => value > IntMinusZero ? value / divisor : Special(value == IntMissing);

    static double Special(bool isMissing) => isMissing ? double.NaN : -0.0;

    static bool IsSpecial(double value) => double.IsNaN(value) || (value == 0 && double.IsNegative(value));

    static byte[] Bytes(ReadOnlySpan<double> values)
    {
        var result = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = (byte)(int)values[i];
        return result;
    }

    static short[] Shorts(ReadOnlySpan<double> values, double divisor)
    {
        var result = new short[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            result[i] = IsSpecial(value)
                ? (short)(double.IsNaN(value) ? ShortMissing : ShortMinusZero)
                : (short)(int)Math.Round(value * divisor);
        }

        return result;
    }

    static int[] Ints(ReadOnlySpan<double> values, double divisor)
    {
        var result = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            result[i] = IsSpecial(value)
                ? (double.IsNaN(value) ? IntMissing : IntMinusZero)
                : (int)Math.Round(value * divisor);
        }

        return result;
    }

    static float[] Floats(ReadOnlySpan<double> values)
    {
        var result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = (float)values[i];
        return result;
    }
}
