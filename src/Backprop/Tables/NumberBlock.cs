using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop;

/// <summary>
/// A run of numbers in the narrowest form that gives the same doubles back: bytes (0…255), decimals (a whole number of 16 or
/// 32 bits over a power of ten, as numbers with few digits are), floats or doubles. Pixels and codes so cost one byte,
/// measurements mostly two or four.
/// </summary>
readonly struct NumberBlock
{
    /// <summary>So many are picked out at a time, to be made doubles of together.</summary>
    const int Picked = 256;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static NumberBlock Pack(ReadOnlySpan<double> values)
    {
        bool isFloat = true, isDecimal = true, isNatural = true;
        Vector256<double> largest = default;
        int power = 0;
        for (int i = 0; i < values.Length; i += Vector256<double>.Count)
        {
            Vector256<double> some = Quotients.Load(values, i), present = Vector256.Equals(some, some);
            isNatural &= Vector256.ExtractMostSignificantBits(some | ~present) == 0;
            largest = Vector256.Max(largest, Vector256.Abs(some) & present);
            if (isFloat)
            {
                Vector256<double> narrow = Vector256.WidenLower(Vector256.Narrow(some, some));
                isFloat = Vector256.EqualsAll((Vector256.Equals(narrow, some) | ~present).AsInt64(), Vector256<long>.AllBitsSet);
            }

            // A number that is a quotient of one power of ten is one of each larger power, too.
            while (isDecimal && !Quotients.Are(some, Quotients.PowersOfTen[power]))
                isDecimal = ++power < Quotients.PowersOfTen.Length;
            if (!isFloat && !isDecimal)
                return new NumberBlock(values.ToArray(), Form.Doubles);
        }

        double most = Math.Max(Math.Max(largest[0], largest[1]), Math.Max(largest[2], largest[3]));
        double divisor = isDecimal ? Quotients.PowersOfTen[power] : 1;
        if (isDecimal && isNatural && divisor == 1 && most <= byte.MaxValue)
            return new NumberBlock(Bytes(values));
        if (isDecimal && most * divisor < short.MaxValue)
            return new NumberBlock(Quotients.Shorts(values, divisor), Form.Shorts, divisor);
        if (isFloat)
            return new NumberBlock(Floats(values), Form.Floats);
        return isDecimal && most * divisor < int.MaxValue
            ? new NumberBlock(Quotients.Ints(values, divisor), Form.Ints, divisor)
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

    public double this[int index] => _form switch
    {
        Form.Bytes => Values<byte>()[index],
        Form.Shorts => Quotients.Number(Values<short>()[index], _divisor, short.MinValue),
        Form.Ints => Quotients.Number(Values<int>()[index], _divisor, int.MinValue),
        Form.Floats => Values<float>()[index],
        _ => Values<double>()[index],
    };

    public void CopyTo(int start, Span<double> destination)
    {
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
                Quotients.Numbers(Values<int>().AsSpan(start, destination.Length), _divisor, destination);
                break;
            case Form.Shorts:
                Quotients.Numbers(Values<short>().AsSpan(start, destination.Length), _divisor, destination);
                break;
        }
    }

    /// <summary>Copies the values at places in any order, counted from <paramref name="origin"/>.</summary>
    [SkipLocalsInit]
    public void Gather(ReadOnlySpan<int> places, int origin, Span<double> destination)
    {
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
                Span<int> someInts = stackalloc int[Picked];
                for (int i = 0; i < places.Length; i += Picked)
                    Quotients.Numbers(Pick(Values<int>(), places[i..], origin, someInts), _divisor, destination[i..]);
                break;
            case Form.Shorts:
                Span<short> someShorts = stackalloc short[Picked];
                for (int i = 0; i < places.Length; i += Picked)
                    Quotients.Numbers(Pick(Values<short>(), places[i..], origin, someShorts), _divisor, destination[i..]);
                break;
        }
    }

    T[] Values<T>() => Unsafe.As<T[]>(_values);

    /// <summary>The values at the first places, as many as there is room for.</summary>
    static ReadOnlySpan<T> Pick<T>(T[] values, ReadOnlySpan<int> places, int origin, Span<T> room)
    {
        places = places[..Math.Min(places.Length, room.Length)];
        for (int i = 0; i < places.Length; i++)
            room[i] = values[places[i] - origin];
        return room[..places.Length];
    }

    static byte[] Bytes(ReadOnlySpan<double> values)
    {
        var result = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = (byte)(int)values[i];
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
