namespace Backprop;

/// <summary>
/// Walks the fields of an ONNX file's messages before anything is allocated for them. A message of two bytes becomes an
/// object of a hundred, so a small file could otherwise fill a large memory; no file of a dense network has nearly as
/// many fields as are allowed here.
/// </summary>
static class WireScan
{
    const int MaximumFields = 1 << 20;
    const int MaximumDepth = 16;

    /// <summary>Whether the bytes are whole fields, not too many, and not nested too deeply.</summary>
    public static bool Accepts(ReadOnlySpan<byte> bytes)
    {
        int fields = 0;
        return Walk(bytes, Message.Model, depth: 0, ref fields);
    }

    enum Message
    {
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        Other,
        Data,
    }

    static bool Walk(ReadOnlySpan<byte> bytes, Message message, int depth, ref int fields)
    {
        if (depth > MaximumDepth)
            return false;

        while (!bytes.IsEmpty)
        {
            if (++fields > MaximumFields || !Varint(ref bytes, out ulong tag))
                return false;

            int length;
            switch (tag & 7)
            {
                case 0:
                    if (!Varint(ref bytes, out _))
                        return false;
                    continue;
                case 1:
                    length = 8;
                    break;
                case 2:
                    if (!Varint(ref bytes, out ulong size) || size > (ulong)bytes.Length)
                        return false;
                    length = (int)size;
                    Message child = Child(message, tag >> 3);
                    if (child != Message.Data && !Walk(bytes[..length], child, depth + 1, ref fields))
                        return false;
                    break;
                case 5:
                    length = 4;
                    break;
                default:
                    return false; // Groups: ONNX has none.
            }

            if (length > bytes.Length)
                return false;
            bytes = bytes[length..];
        }

        return true;
    }

    /// <summary>What a field of a message holds; everything that cannot hold many messages is data.</summary>
    static Message Child(Message message, ulong field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 8 or 14) => Message.Other,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 11 or 12 or 13) => Message.Other,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5) => Message.Tensor,
        (Message.Attribute, 6) => Message.Graph,
        (Message.Tensor, 13) => Message.Other,
        _ => Message.Data,
    };

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
