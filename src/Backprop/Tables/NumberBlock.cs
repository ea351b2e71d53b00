namespace Backprop;

/// <summary>
/// A run of numbers in the narrowest form that gives the same doubles back: bytes (0…255), shorts (with −32768 for
/// missing), floats or doubles. Pixels and codes so cost one byte, measurements mostly four.
/// </summary>
readonly struct NumberBlock
{
    const short MissingShort = short.MinValue;

    // byte[], short[], float[] or double[]; the type is the form.
    readonly Array _values;

    public NumberBlock(Array values) => _values = values;

    /// <summary>The numbers of one block, copied out of a buffer that the caller goes on using.</summary>
    public static NumberBlock Pack(ReadOnlySpan<double> values)
    {
        bool isFloat = true, isInteger = true, hasMissing = false;
        int least = int.MaxValue, most = int.MinValue;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                hasMissing = true;
                continue;
            }

            // By bits, because a negative zero equals zero and would lose its sign.
            int integer = (int)value;
            isInteger &= BitConverter.DoubleToInt64Bits(integer) == BitConverter.DoubleToInt64Bits(value);
            least = Math.Min(least, integer);
            most = Math.Max(most, integer);
            isFloat &= (float)value == value;
            if (!isFloat && !isInteger)
                return new NumberBlock(values.ToArray());
        }

        if (isInteger && !hasMissing && least >= 0 && most <= byte.MaxValue)
            return new NumberBlock(Bytes(values));
        if (isInteger && least > MissingShort && most <= short.MaxValue)
            return new NumberBlock(Shorts(values));
        return new NumberBlock(isFloat ? Floats(values) : values.ToArray());
    }

    /// <summary>What a value costs.</summary>
    public int BytesPerValue => _values switch
    {
        double[] => sizeof(double),
        float[] => sizeof(float),
        byte[] => sizeof(byte),
        _ => sizeof(short),
    };

    public double this[int index] => _values switch
    {
        double[] values => values[index],
        float[] values => values[index],
        byte[] values => values[index],
        _ => FromShort(((short[])_values)[index]),
    };

    public void CopyTo(int start, Span<double> destination)
    {
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
            case short[] values:
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = FromShort(values[start + i]);
                break;
        }
    }

    static double FromShort(short value) => value == MissingShort ? double.NaN : value;

    static byte[] Bytes(ReadOnlySpan<double> values)
    {
        var result = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = (byte)(int)values[i];
        return result;
    }

    static short[] Shorts(ReadOnlySpan<double> values)
    {
        var result = new short[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = double.IsNaN(values[i]) ? MissingShort : (short)(int)values[i];
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
