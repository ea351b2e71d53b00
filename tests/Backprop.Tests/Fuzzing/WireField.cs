namespace Backprop.Tests;

/// <summary>A field of a protobuf message: a number, or bytes, which may be a message of fields themselves.</summary>
sealed class WireField
{
    public required ulong Tag { get; set; }

    public ulong Number { get; set; }

    public byte[]? Bytes { get; set; }

    public List<WireField>? Fields { get; set; }

    public WireField Copy() => new()
    {
        Tag = Tag,
        Number = Number,
        Bytes = Bytes,
        Fields = Fields?.ConvertAll(field => field.Copy()),
    };

    /// <summary>The fields of a message; null where the bytes are none.</summary>
    public static List<WireField>? Parse(ReadOnlySpan<byte> bytes, int depth = 0)
    {
        var fields = new List<WireField>();
        while (!bytes.IsEmpty)
        {
            if (!Varint(ref bytes, out ulong tag) || tag >> 3 is 0 or > 30)
                return null;
            var field = new WireField { Tag = tag };
            int length;
            switch (tag & 7)
            {
                case 0 when Varint(ref bytes, out ulong number):
                    field.Number = number;
                    fields.Add(field);
                    continue;
                case 1:
                    length = 8;
                    break;
                case 2 when Varint(ref bytes, out ulong size) && size <= (ulong)bytes.Length:
                    length = (int)size;
                    break;
                case 5:
                    length = 4;
                    break;
                default:
                    return null;
            }

            if (length > bytes.Length)
                return null;
            field.Bytes = bytes[..length].ToArray();
            if ((tag & 7) == 2 && length > 1 && depth < 8)
                field.Fields = Parse(field.Bytes, depth + 1);
            fields.Add(field);
            bytes = bytes[length..];
        }

        return fields;
    }

    public static byte[] Write(List<WireField> fields)
    {
        var bytes = new List<byte>();
        Write(fields, bytes);
        return [.. bytes];
    }

    static void Write(List<WireField> fields, List<byte> to)
    {
        foreach (WireField field in fields)
        {
            Varint(field.Tag, to);
            if ((field.Tag & 7) == 0)
            {
                Varint(field.Number, to);
                continue;
            }

            byte[] content = field.Fields is { } inner ? Write(inner) : field.Bytes ?? [];
            if ((field.Tag & 7) == 2)
                Varint((ulong)content.Length, to);
            to.AddRange(content);
        }
    }

    static void Varint(ulong value, List<byte> to)
    {
        for (; value >= 0x80; value >>= 7)
            to.Add((byte)(value | 0x80));
        to.Add((byte)value);
    }

    static bool Varint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
