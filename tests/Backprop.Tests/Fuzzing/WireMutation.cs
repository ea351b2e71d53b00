using System.Text;

namespace Backprop.Tests;

/// <summary>
/// Damages the fields of a protobuf message and writes it whole again, with every length right: dimensions, types, names,
/// numbers, operators, settings, metadata; fields doubled, moved, left out; nesting.
/// </summary>
static class WireMutation
{
    static readonly string[] s_texts =
    [
        "", "x", "Add", "MatMul", "Gemm", "Relu", "Softmax", "Clip", "Constant", "Identity", "Sub", "TopK", "value", "alpha",
        "transB", "location", "../../etc/passwd", "input", "label", "w1", "a\nb", "\u001b[2J", "backprop.schema", "ai.onnx.ml",
    ];

    /// <summary>A copy with one to eight mistakes in it; the file itself where it is no message.</summary>
    public static byte[] Of(byte[] file, Draw draw)
    {
        if (WireField.Parse(file) is not { Count: > 0 } fields)
            return file;
        for (int mistakes = 1 << draw.Below(4); mistakes > 0; mistakes--)
        {
            List<WireField> message = Message(fields, draw);
            if (message.Count > 0)
                Damage(message, fields, draw);
        }

        return WireField.Write(fields);
    }

    /// <summary>Some message, at any depth.</summary>
    static List<WireField> Message(List<WireField> fields, Draw draw)
    {
        while (true)
        {
            List<WireField>[] inner = [.. fields.Where(field => field.Fields is { Count: > 0 }).Select(field => field.Fields!)];
            if (inner.Length == 0 || draw.OneIn(4))
                return fields;
            fields = draw.Of(inner);
        }
    }

    static void Damage(List<WireField> message, List<WireField> all, Draw draw)
    {
        int at = draw.Below(message.Count);
        WireField field = message[at];
        switch (draw.Below(10))
        {
            case 0:
                message.RemoveAt(at);
                break;
            case 1:
                int times = draw.OneIn(8) ? draw.Length(200) : 1;
                message.InsertRange(at, Enumerable.Range(0, times).Select(_ => field.Copy()));
                break;
            case 2:
                List<WireField> other = Message(all, draw);
                if (other.Count > 0)
                    message.Insert(at, draw.Of(other).Copy());
                break;
            case 3:
                field.Tag = (field.Tag & 7) | ((ulong)(1 + draw.Below(21)) << 3);
                break;
            case 4:
                int to = draw.Below(message.Count);
                (message[at], message[to]) = (message[to], message[at]);
                break;
            default:
                Change(field, draw);
                break;
        }
    }

    static void Change(WireField field, Draw draw)
    {
        if ((field.Tag & 7) == 0)
        {
            field.Number = draw.OneIn(2) ? (ulong)draw.Interesting() : (ulong)draw.Below(20);
            return;
        }

        byte[] bytes = field.Fields is { } inner ? WireField.Write(inner) : field.Bytes ?? [];
        bool isText = bytes.AsSpan().IndexOfAnyInRange((byte)0, (byte)8) < 0;
        bool isJson = isText && bytes is [(byte)'{' or (byte)'[', ..];
        field.Fields = null;
        field.Bytes = (isJson, isText, (field.Tag & 7) == 2) switch
        {
            (true, _, true) => Encoding.UTF8.GetBytes(JsonMutation.Of(Encoding.UTF8.GetString(bytes), draw)),
            (_, true, true) when draw.OneIn(2) => Encoding.UTF8.GetBytes(draw.Of(s_texts)),
            (_, _, true) => ByteMutation.Of(bytes, [], draw),
            _ => NumberOf(bytes.Length, draw),
        };
    }

    static byte[] NumberOf(int length, Draw draw) => length == 4
        ? BitConverter.GetBytes(draw.OneIn(2) ? float.NaN : draw.Interesting())
        : BitConverter.GetBytes(draw.OneIn(2) ? double.PositiveInfinity : draw.Interesting());
}
