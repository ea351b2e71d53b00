namespace Backprop.Tests;

/// <summary>Damages files at random, the same way for the same seed.</summary>
sealed class Mutator(int seed)
{
    static readonly byte[][] s_fragments =
    [
        [.. "\""u8], [.. "\"\""u8], [.. ",\""u8], [.. ","u8], [.. ";"u8], [.. "\t"u8],
        [.. "\n"u8], [.. "\r"u8], [.. "\r\n"u8], [.. "\n\n"u8],
        [.. " "u8], [.. "inf"u8], [.. "1e999"u8], [.. "-"u8], [.. "NaN"u8], [.. "?"u8], [.. "é"u8],
        [0xC3], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0],
        [0x1F, 0x8B, 8, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF],
    ];

    readonly Random _random = new(seed);

    /// <summary>A copy of a file with one to eight mistakes in it.</summary>
    public byte[] Damage(byte[] file)
    {
        var bytes = new List<byte>(file);
        for (int mistakes = 1 << _random.Next(4); mistakes > 0; mistakes--)
        {
            int at = _random.Next(bytes.Count + 1), length = Math.Min(_random.Next(1, 20), bytes.Count - at);
            switch (_random.Next(7))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, s_fragments[_random.Next(s_fragments.Length)]);
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 5 when _random.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 6 when bytes.Count > 8:
                    // The header of an IDX file is short, but all depends on it.
                    bytes[_random.Next(8)] = (byte)_random.Next(_random.Next(2) == 0 ? 16 : 256);
                    break;
            }
        }

        return [.. bytes];
    }
}
