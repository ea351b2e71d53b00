using System.Buffers.Binary;

namespace Backprop.Tests;

/// <summary>Damages an IDX file's type, dimensions and length.</summary>
static class IdxMutation
{
    public static byte[] Of(byte[] file, Draw draw)
    {
        byte[] bytes = [.. file];
        if (bytes is [0x1F, ..] || bytes.Length < 8)
            return bytes;
        for (int mistakes = 1 + draw.Below(3); mistakes > 0; mistakes--)
        {
            switch (draw.Below(6))
            {
                case 0:
                    bytes[2] = (byte)(8 + draw.Below(8));
                    break;
                case 1:
                    bytes[3] = (byte)draw.Below(10);
                    break;
                case 2 or 3:
                    int at = 4 + 4 * draw.Below(Math.Min(4, (bytes.Length - 4) / 4));
                    BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), (int)draw.Interesting());
                    break;
                case 4:
                    Array.Resize(ref bytes, Math.Max(8, bytes.Length + draw.Below(9) - 4));
                    break;
                default:
                    // One dimension more or less, with the bytes that belong to it.
                    bytes = draw.OneIn(2) ? [.. bytes[..4], .. bytes[8..]] : [.. bytes[..4], 0, 0, 0, 1, .. bytes[4..]];
                    Array.Resize(ref bytes, Math.Max(8, bytes.Length));
                    bytes[3] = (byte)(draw.OneIn(2) ? bytes[3] - 1 : bytes[3] + 1);
                    break;
            }
        }

        return draw.OneIn(20) ? Tabular.Gzip(bytes) : bytes;
    }
}
