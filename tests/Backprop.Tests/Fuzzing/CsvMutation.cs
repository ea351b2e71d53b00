using System.Text;

namespace Backprop.Tests;

/// <summary>Damages a table of text: cells, quotes, delimiters, line ends, encodings.</summary>
static class CsvMutation
{
    static readonly string[] s_pieces =
    [
        "\"", "\"\"", ",\"", "\",", ",", ";", "\t", "|", "\n", "\r", "\r\n", "\n\n", "\r\r\n", " ", "\u00a0", "inf", "-inf",
        "1e999", "1e-999", "-", "+", ".", "NaN", "?", "NA", "é", "𝒳", "\u2028", "\0", "\ufeff", "0x10", "1,5", "1_000", "00012",
        "9007199254740993", "true", "yes", "\"a\nb\"", "\"a\"b", "'", "id", "=1+1",
    ];

    static readonly Encoding[] s_encodings =
        [Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.UTF8];

    public static byte[] Of(byte[] file, Draw draw)
    {
        if (file is [0x1F, 0x8B, ..])
            return file;
        var text = new StringBuilder(Encoding.UTF8.GetString(file));
        for (int mistakes = 1 << draw.Below(4); mistakes > 0; mistakes--)
            Damage(text, draw);
        if (!draw.OneIn(12))
            return Encoding.UTF8.GetBytes(text.ToString());
        Encoding encoding = draw.Of(s_encodings);
        byte[] bytes = encoding.GetBytes(text.ToString());
        return draw.OneIn(3) ? bytes : draw.OneIn(2) ? [.. encoding.GetPreamble(), .. bytes] : Tabular.Gzip(bytes);
    }

    static void Damage(StringBuilder text, Draw draw)
    {
        int at = draw.Below(text.Length + 1);
        int length = Math.Min(draw.Length(40), text.Length - at);
        switch (draw.Below(7))
        {
            case 0 or 1:
                text.Insert(at, draw.Of(s_pieces));
                break;
            case 2:
                text.Remove(at, length);
                break;
            case 3:
                text.Insert(draw.Below(text.Length + 1), text.ToString(at, length));
                break;
            case 4:
                // A line again, or many times.
                string[] lines = text.ToString().Split('\n');
                string line = draw.Of(lines) + "\n";
                text.Insert(text.Length, string.Concat(Enumerable.Repeat(line, draw.OneIn(8) ? draw.Length(60) : 1)));
                break;
            case 5:
                (char from, char to) = (draw.Of(",;\n\"\t1".ToCharArray()), draw.Of(",;\n\r\"\t|".ToCharArray()));
                text.Replace(from, to, at, length);
                break;
            case 6:
                text.Insert(at, new string(draw.Of(s_pieces)[0], draw.Length(200)));
                break;
        }
    }
}
