using System.Globalization;
using System.Text;

namespace Backprop.Cli;

/// <summary>Encodings by the names that they have here and elsewhere.</summary>
static class EncodingNames
{
    /// <summary>Names of other tools, in lower case and without what parts their letters.</summary>
    static readonly Dictionary<string, string> s_others = new(StringComparer.Ordinal)
    {
        ["utf8"] = "utf-8",
        ["utf8sig"] = "utf-8",
        ["utf8bom"] = "utf-8",
        ["utf16le"] = "utf-16",
        ["utf16"] = "utf-16",
        ["utf32"] = "utf-32",
        ["latin1"] = "iso-8859-1",
        ["l1"] = "iso-8859-1",
        ["iso88591"] = "iso-8859-1",
        ["latin2"] = "iso-8859-2",
        ["latin9"] = "iso-8859-15",
        ["macroman"] = "macintosh",
        ["mac"] = "macintosh",
        ["sjis"] = "shift_jis",
        ["eucjp"] = "euc-jp",
        ["euckr"] = "euc-kr",
        ["koi8r"] = "koi8-r",
    };

    /// <summary>The encoding of a name, which throws where bytes are none of its text.</summary>
    /// <exception cref="BackpropException">There is no such encoding.</exception>
    public static Encoding Parse(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        if (letters == "ansi")
        {
            throw new BackpropException(
                "'ansi' is what Windows calls the encoding of its region; in western Europe and America that is --encoding "
                + "windows-1252.");
        }

        return Find(name) ?? (s_others.TryGetValue(letters, out string? other) ? Find(other) : null) ?? CodePage(letters)
            ?? throw new BackpropException($"There is no encoding '{name}'; try utf-8, latin1, windows-1252 or utf-16.");
    }

    static Encoding? Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The encoding of <c>cp1250</c>, <c>windows1250</c> or <c>iso8859-2</c>.</summary>
    static Encoding? CodePage(string letters)
    {
        foreach ((string before, string name) in ((string, string)[])
            [("cp", "cp"), ("cp", "windows-"), ("windows", "windows-"), ("win", "windows-"), ("iso8859", "iso-8859-")])
        {
            if (letters.StartsWith(before, StringComparison.Ordinal)
                && int.TryParse(letters.AsSpan(before.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && Find(string.Create(CultureInfo.InvariantCulture, $"{name}{number}")) is { } encoding)
            {
                return encoding;
            }
        }

        return null;
    }
}
