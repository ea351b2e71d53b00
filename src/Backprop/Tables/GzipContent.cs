using System.Buffers.Binary;
using System.IO.Compression;

namespace Backprop;

/// <summary>
/// The bytes that a gzip file holds, to be read once. The framework takes a file that is cut off for one that ends there;
/// this stream tells: rows that are silently missing are worse than an error.
/// </summary>
sealed class GzipContent : Stream
{
    // A gzip file of one byte. Put behind a whole file it adds that byte, for a gzip file may consist of several.
    static readonly byte[] s_oneMore = Compress([0]);

    // A table of text or pixels is seldom written more than 20 times shorter; zeros go into a thousandth.
    const long MostGain = 50;
    const long GainIsFree = 8 << 20;

    readonly string _source;
    readonly Stream _file;
    readonly long _start;
    readonly GZipStream _content;
    long _count;
    bool _isChecked;

    /// <summary>The content of a file that can seek, which stays open.</summary>
    /// <param name="file">The file, standing at its first byte.</param>
    /// <param name="source">What messages call it.</param>
    public GzipContent(Stream file, string source)
    {
        _source = source;
        _file = file;
        _start = file.Position;
        _content = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = _content.Read(buffer);
        _count += read;
        if (GainsTooMuch(_count, _file.Position - _start))
        {
            throw new BackpropException(
                $"{_source} holds more than {MostGain} times as much as its gzip-compressed bytes, which few tables do and files "
                + "made to fill a memory all do; uncompress it first if it is a table.");
        }

        if (read == 0 && buffer.Length > 0 && !_isChecked)
        {
            _isChecked = true;
            if (!EndsAsItSays() && !IsWhole())
                throw new InvalidDataException("The gzip file is cut off.");
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Whether so many bytes out of so few are more than is believed of a table.</summary>
    public static bool GainsTooMuch(long content, long compressed) => content > GainIsFree && content / MostGain > compressed;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    static byte[] Compress(byte[] content)
    {
        var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
            gzip.Write(content);
        return result.ToArray();
    }

    // The last four bytes are the length of the content, which settles nearly all files: those of one part.
    bool EndsAsItSays()
    {
        Span<byte> length = stackalloc byte[4];
        _file.Position = Math.Max(_start, _file.Length - length.Length);
        return _count > 0 && _file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) == length.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(length) == (uint)_count;
    }

    bool IsWhole()
    {
        _file.Position = _start;
        using var longer = new GZipStream(new TwoStreams(_file, new MemoryStream(s_oneMore)), CompressionMode.Decompress);
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        for (int read; (read = longer.Read(buffer)) > 0; count += read)
        {
        }

        return count == _count + 1;
    }
}
