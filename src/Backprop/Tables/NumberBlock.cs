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
        bool isByte = true, isShort = true, isFloat = true;
        foreach (double value in values)
        {
            isByte &= IsInteger(value) && value is >= 0 and <= 255;
            isShort &= double.IsNaN(value) || (IsInteger(value) && value is > short.MinValue and <= short.MaxValue);
            isFloat &= double.IsNaN(value) || (double)(float)value == value;
            if (!isShort && !isFloat)
                return new NumberBlock(values.ToArray());
        }

        if (isByte)
            return new NumberBlock(Convert(values, new byte[values.Length], static value => (byte)value));
        return isShort
            ? new NumberBlock(Convert(values, new short[values.Length], static value => double.IsNaN(value) ? MissingShort : (short)value))
            : new NumberBlock(Convert(values, new float[values.Length], static value => (float)value));
    }

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

    // A negative zero is not an integer here: the narrow forms would lose its sign.
    static bool IsInteger(double value) => double.Truncate(value) == value && !(value == 0 && double.IsNegative(value));

    static T[] Convert<T>(ReadOnlySpan<double> values, T[] result, Func<double, T> convert)
    {
        for (int i = 0; i < values.Length; i++)
            result[i] = convert(values[i]);
        return result;
    }
}
