using System.Buffers.Binary;

namespace Backprop.Tests;

/// <summary>Damages bytes without knowing what they are.</summary>
static class ByteMutation
{
    const int Longest = 1 << 16;

    /// <summary>A copy with one to eight mistakes in it.</summary>
    /// <param name="file">What is damaged.</param>
    /// <param name="other">Another file, from which pieces may come.</param>
    /// <param name="draw">The draws.</param>
    public static byte[] Of(byte[] file, byte[] other, Draw draw)
    {
        var bytes = new List<byte>(file);
        for (int mistakes = 1 << draw.Below(4); mistakes > 0; mistakes--)
            Damage(bytes, other, draw);
        if (bytes.Count > Longest)
            bytes.RemoveRange(Longest, bytes.Count - Longest);
        return [.. bytes];
    }

    static void Damage(List<byte> bytes, byte[] other, Draw draw)
    {
        int at = draw.Below(bytes.Count + 1);
        int length = Math.Min(draw.Length(64), bytes.Count - at);
        switch (draw.Below(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] = draw.Byte();
                break;
            case 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << draw.Below(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(draw.Below(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Enumerable.Repeat(draw.Byte(), draw.Length(64)));
                break;
            case 5 when draw.OneIn(4):
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 6:
                Write(bytes, at, draw);
                break;
            case 7 when other.Length > 0:
                int from = draw.Below(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(draw.Length(256), other.Length - from)));
                break;
            case 8 when other.Length > 0 && draw.OneIn(8):
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(draw.Below(other.Length)));
                break;
        }
    }

    static void Write(List<byte> bytes, int at, Draw draw)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, draw.Interesting());
        number = number[..(1 << draw.Below(4))];
        if (draw.OneIn(2))
            number.Reverse();
        for (int i = 0; i < number.Length && at + i < bytes.Count; i++)
            bytes[at + i] = number[i];
    }
}
