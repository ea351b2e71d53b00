using System.Runtime.CompilerServices;

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

    readonly Array _values;
    readonly double _divisor;
    readonly Form _form;

    public NumberBlock(byte[] values)
        : this(values, Form.Bytes)
    {
    }

    NumberBlock(Array values, Form form, double divisor = 1) => (_values, _form, _divisor) = (values, form, divisor);

    // The type of the array, which is faster asked so than of the array.
    enum Form : byte
    {
        Bytes,
        Shorts,
        Ints,
        Floats,
        Doubles,
    }

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
                return new NumberBlock(values.ToArray(), Form.Doubles);
        }

        double divisor = isDecimal ? s_powersOfTen[power] : 1;
        if (isDecimal && isNatural && divisor == 1 && most <= byte.MaxValue)
            return new NumberBlock(Bytes(values));
        if (isDecimal && most * divisor < short.MaxValue)
            return new NumberBlock(Shorts(values, divisor), Form.Shorts, divisor);
        if (isFloat)
            return new NumberBlock(Floats(values), Form.Floats);
        return isDecimal && most * divisor < int.MaxValue
            ? new NumberBlock(Ints(values, divisor), Form.Ints, divisor)
            : new NumberBlock(values.ToArray(), Form.Doubles);
    }

    /// <summary>What a value costs.</summary>
    public int BytesPerValue => _form switch
    {
        Form.Bytes => sizeof(byte),
        Form.Shorts => sizeof(short),
        Form.Doubles => sizeof(double),
        _ => sizeof(int),
    };

    public double this[int index]
    {
        get
        {
            double value = 0;
            Gather([index], 0, new Span<double>(ref value));
            return value;
        }
    }

    public void CopyTo(int start, Span<double> destination)
    {
        double divisor = _divisor;
        switch (_form)
        {
            case Form.Doubles:
                Values<double>().AsSpan(start, destination.Length).CopyTo(destination);
                break;
            case Form.Floats:
                ReadOnlySpan<float> floats = Values<float>().AsSpan(start, destination.Length);
                for (int i = 0; i < floats.Length; i++)
                    destination[i] = floats[i];
                break;
            case Form.Bytes:
                ReadOnlySpan<byte> bytes = Values<byte>().AsSpan(start, destination.Length);
                for (int i = 0; i < bytes.Length; i++)
                    destination[i] = bytes[i];
                break;
            case Form.Ints:
                ReadOnlySpan<int> ints = Values<int>().AsSpan(start, destination.Length);
                for (int i = 0; i < ints.Length; i++)
                    destination[i] = FromInt(ints[i], divisor);
                break;
            case Form.Shorts:
                ReadOnlySpan<short> shorts = Values<short>().AsSpan(start, destination.Length);
                for (int i = 0; i < shorts.Length; i++)
                    destination[i] = FromShort(shorts[i], divisor);
                break;
        }
    }

    /// <summary>Copies the values at places in any order, counted from <paramref name="origin"/>.</summary>
    public void Gather(ReadOnlySpan<int> places, int origin, Span<double> destination)
    {
        double divisor = _divisor;
        destination = destination[..places.Length];
        switch (_form)
        {
            case Form.Doubles:
                double[] doubles = Values<double>();
                for (int i = 0; i < places.Length; i++)
                    destination[i] = doubles[places[i] - origin];
                break;
            case Form.Floats:
                float[] floats = Values<float>();
                for (int i = 0; i < places.Length; i++)
                    destination[i] = floats[places[i] - origin];
                break;
            case Form.Bytes:
                byte[] bytes = Values<byte>();
                for (int i = 0; i < places.Length; i++)
                    destination[i] = bytes[places[i] - origin];
                break;
            case Form.Ints:
                int[] ints = Values<int>();
                for (int i = 0; i < places.Length; i++)
                    destination[i] = FromInt(ints[places[i] - origin], divisor);
                break;
            case Form.Shorts:
                short[] shorts = Values<short>();
                for (int i = 0; i < places.Length; i++)
                    destination[i] = FromShort(shorts[places[i] - origin], divisor);
                break;
        }
    }

    T[] Values<T>() => Unsafe.As<T[]>(_values);

    static bool IsQuotient(double value, double divisor) => Math.Round(value * divisor) / divisor == value;

    static double FromShort(int value, double divisor) => value > ShortMinusZero ? value / divisor : Special(value == ShortMissing);

    static double FromInt(int value, double divisor) => value > IntMinusZero ? value / divisor : Special(value == IntMissing);

    static double Special(bool isMissing) => isMissing ? double.NaN : -0.0;

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
            double dividend = Math.Round(values[i] * divisor);
            result[i] = Math.Abs(dividend) > 0 ? (short)(int)dividend : (short)Special(dividend, ShortMissing);
        }

        return result;
    }

    static int[] Ints(ReadOnlySpan<double> values, double divisor)
    {
        var result = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double dividend = Math.Round(values[i] * divisor);
            result[i] = Math.Abs(dividend) > 0 ? (int)dividend : Special(dividend, IntMissing);
        }

        return result;
    }

    /// <summary>What stands for a number that is 0, −0 or missing.</summary>
    static int Special(double value, int missing) => double.IsNaN(value) ? missing : double.IsNegative(value) ? missing + 1 : 0;

    static float[] Floats(ReadOnlySpan<double> values)
    {
        var result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = (float)values[i];
        return result;
    }
}
