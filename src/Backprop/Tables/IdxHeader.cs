using System.Buffers.Binary;

namespace Backprop;

/// <summary>
/// The beginning of an IDX file: two zero bytes, the type of an element, the number of dimensions, then each dimension as
/// four bytes, the highest first. Believed only as far as the file is long enough for it.
/// </summary>
readonly record struct IdxHeader(int Items, int BytesPerItem, int Dimensions)
{
    const byte UnsignedByte = 0x08;
    const int MostDimensions = 8;
    const int MostBytesPerItem = 200_000;

    int Length => 4 + 4 * Dimensions;

    /// <summary>Whether a file begins as IDX files do.</summary>
    public static bool IsOf(DataFile file)
    {
        Span<byte> bytes = stackalloc byte[4];
        return file.Rewind().ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            && bytes is [0, 0, UnsignedByte, >= 1 and <= MostDimensions];
    }

    public static IdxHeader Read(DataFile file)
    {
        Stream stream = file.Rewind();
        Span<byte> bytes = stackalloc byte[4 + 4 * MostDimensions];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        bytes = bytes[..length];
        if (length == 0)
            throw new BackpropException($"{file.Source} is empty.");
        if (length < 8 || bytes[0] != 0 || bytes[1] != 0 || bytes[3] is 0 or > MostDimensions)
        {
            throw new BackpropException(
                $"{file.Source} is no IDX file: it does not begin with two zero bytes, a type and a number of dimensions.");
        }

        if (bytes[2] != UnsignedByte)
        {
            throw new BackpropException(
                $"{file.Source} is an IDX file of elements of type 0x{bytes[2]:X2}; only unsigned bytes (0x08) are read.");
        }

        int dimensions = bytes[3];
        if (length < 4 + 4 * dimensions)
            throw new BackpropException($"{file.Source} ends within its header; fetch it again.");

        uint items = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        UInt128 bytesPerItem = 1;
        for (int d = 1; d < dimensions; d++)
            bytesPerItem = UInt128.Min(bytesPerItem * BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 + 4 * d)..]), ulong.MaxValue);
        if (items == 0 || bytesPerItem == 0)
            throw new BackpropException($"{file.Source} is an IDX file without any items in it.");
        if (items > int.MaxValue || bytesPerItem > MostBytesPerItem)
        {
            throw new BackpropException(
                $"{file.Source} has {items} items of {bytesPerItem} bytes by its header; "
                + $"at most {int.MaxValue} of {MostBytesPerItem} can be read.");
        }

        var header = new IdxHeader((int)items, (int)bytesPerItem, dimensions);
        header.CheckLength(file);
        return header;
    }

    /// <summary>The file from its first element on.</summary>
    public Stream SkipTo(DataFile file)
    {
        Stream stream = file.Rewind();
        stream.ReadExactly(stackalloc byte[Length]);
        return stream;
    }

    void CheckLength(DataFile file)
    {
        long promised = Length + (long)Items * BytesPerItem;
        bool fits = file.IsGzip ? !GzipContent.GainsTooMuch(promised, file.Length) : promised == file.Length;
        if (!fits)
        {
            string has = file.IsGzip ? $"compressed {file.Length}" : $"{file.Length}";
            throw new BackpropException($"{file.Source} has {has} bytes where its header promises {promised}; fetch it again.");
        }
    }
}
