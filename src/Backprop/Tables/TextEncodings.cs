using System.Text;

namespace Backprop;

/// <summary>Text out of bytes, strictly: bytes that are no text are an error, never a stand-in character in a cell.</summary>
static class TextEncodings
{
    static readonly (byte[] Mark, Encoding Encoding)[] s_marks =
    [
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
    ];

    static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding of a name such as <c>utf-8</c>, <c>latin1</c> or <c>windows-1252</c>.</summary>
    /// <exception cref="BackpropException">There is no such encoding.</exception>
    public static Encoding Find(string name)
    {
        // The code pages of Windows are not among the encodings that a process knows unless somebody registers them.
        if (CodePagesEncodingProvider.Instance.GetEncoding(name) is { } found)
            return found;
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException e)
        {
            throw new BackpropException(
                $"There is no encoding '{name}'; "
                + "usual ones are utf-8, utf-16, latin1, windows-1252, windows-1251, shift_jis, gb18030.",
                e);
        }
    }

    /// <summary>The given encoding, or what a byte order mark tells, or UTF-8, made strict; and the mark's length.</summary>
    public static (Encoding Encoding, int MarkLength) For(Encoding? given, ReadOnlySpan<byte> start)
    {
        foreach ((byte[] mark, Encoding encoding) in s_marks)
        {
            if (start.StartsWith(mark) && (given is null || given.CodePage == encoding.CodePage))
                return (encoding, mark.Length);
        }

        if (given is null)
            return (s_utf8, 0);
        var strict = (Encoding)given.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return (strict, 0);
    }

    /// <summary>Whether a line feed is one byte of that value and no other character has such a byte.</summary>
    public static bool HasPlainLineFeeds(Encoding encoding) => encoding.GetBytes("\n") is [(byte)'\n'];

    /// <summary>The first line (from 1) with bytes that are no text of the encoding; null if lines cannot be told.</summary>
    public static long? FirstInvalidLine(Stream stream, Encoding encoding)
    {
        if (!HasPlainLineFeeds(encoding))
            return null;
        byte[] buffer = new byte[1 << 16];
        int held = 0;
        long line = 1;
        while (true)
        {
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            int read = stream.Read(buffer, held, buffer.Length - held);
            int filled = held + read;
            int start = 0;
            for (; ; line++)
            {
                int end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
                if (end < 0 && (read > 0 || start == filled))
                    break;
                int length = end >= 0 ? end + 1 : filled - start;
                if (!IsValid(buffer.AsSpan(start, length), encoding))
                    return line;
                start += length;
            }

            if (read == 0)
                return null;
            held = filled - start;
            buffer.AsSpan(start, held).CopyTo(buffer);
        }
    }

    static bool IsValid(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            encoding.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
