namespace Backprop;

/// <summary>
/// Walks the fields of an ONNX file's messages before anything is allocated for them. A message of two bytes becomes an
/// object of hundreds, so a small file could otherwise fill a large memory; no file of a dense network has nearly as
/// many fields and messages as are allowed here.
/// </summary>
static class WireScan
{
    const int MaximumFields = 3 << 19;
    const int MaximumDepth = 16;

    /// <summary>How many fields a message counts for, so that all of them take a few hundred megabytes at most.</summary>
    const int FieldsOfMessage = 3;

    /// <summary>ONNX numbers its fields from 1; each number that is not known takes an object to keep.</summary>
    const ulong LargestField = 1000;

    /// <summary>The bytes of a shape's packed dimensions, each of ten at most.</summary>
    const int MaximumShapeBytes = 10 * 64;

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
        ValueInfo,
        Type,
        TensorType,
        Shape,
        Other,
        Data,
    }

    static bool Walk(ReadOnlySpan<byte> bytes, Message message, int depth, ref int fields)
    {
        if (depth > MaximumDepth)
            return false;

        while (!bytes.IsEmpty)
        {
            if (++fields > MaximumFields || !Varint(ref bytes, out ulong tag) || tag >> 3 > LargestField)
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
                    if (message == Message.Tensor && tag >> 3 == 1 && length > MaximumShapeBytes)
                        return false;
                    Message child = Child(message, tag >> 3);
                    if (child != Message.Data && (fields += FieldsOfMessage) > MaximumFields)
                        return false;
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

    /// <summary>What a field of a message holds, as onnx.proto says; what is no message there is data.</summary>
    static Message Child(Message message, ulong field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 8 or 14) => Message.Other,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 11 or 12 or 13) => Message.ValueInfo,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5) => Message.Tensor,
        (Message.Attribute, 6) => Message.Graph,
        (Message.Tensor, 13) => Message.Other,
        (Message.ValueInfo, 2) => Message.Type,
        (Message.Type, 1) => Message.TensorType,
        (Message.TensorType, 2) => Message.Shape,
        (Message.Shape, 1) => Message.Other,
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
