namespace Backprop;

/// <summary>
/// A file of data that can be read more than once: its bytes after gzip, if it is compressed. What cannot seek (standard
/// input, a pipe) is first written to a temporary file, which is deleted when it is closed.
/// </summary>
sealed class DataFile : IDisposable
{
    const int BufferSize = 1 << 16;

    readonly Stream _stream;
    readonly bool _leaveOpen;
    readonly long _start;
    GzipContent? _uncompressed;

    DataFile(Stream stream, string source, bool leaveOpen)
    {
        _stream = stream;
        _start = stream.Position;
        _leaveOpen = leaveOpen;
        Source = source;
        Span<byte> magic = stackalloc byte[2];
        IsGzip = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && magic[0] == 0x1F && magic[1] == 0x8B;
    }

    /// <summary>What to call the file in messages.</summary>
    public string Source { get; }

    /// <summary>Whether the bytes on disk are gzip-compressed, told from the first two of them and not from the name.</summary>
    public bool IsGzip { get; }

    /// <summary>The number of bytes on disk.</summary>
    public long Length => _stream.Length - _start;

    /// <summary>Opens a file, or standard input for <c>-</c>.</summary>
    public static DataFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path is "-")
        {
            using Stream input = Console.OpenStandardInput();
            return From(input, "standard input");
        }

        if (Directory.Exists(path))
            throw new BackpropException($"{path} is a folder, not a file.");
        return Guarded(path, () =>
        {
            var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            if (stream.CanSeek)
                return new DataFile(stream, path, leaveOpen: false);
            using (stream)
                return new DataFile(Spool(stream), path, leaveOpen: false);
        });
    }

    /// <summary>Takes a stream from where it stands; the caller closes it.</summary>
    public static DataFile From(Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Guarded(source, () => stream.CanSeek
            ? new DataFile(stream, source, leaveOpen: true)
            : new DataFile(Spool(stream), source, leaveOpen: false));
    }

    /// <summary>The bytes from the first one on; not to be closed, and good until the next call.</summary>
    public Stream Rewind()
    {
        _uncompressed?.Dispose();
        _uncompressed = null;
        _stream.Position = _start;
        return IsGzip ? _uncompressed = new GzipContent(_stream, Source) : _stream;
    }

    /// <summary>Runs something that reads, and tells what the system reports as a sentence about this file.</summary>
    public T Guard<T>(Func<T> read) => Guarded(Source, read);

    public void Dispose()
    {
        _uncompressed?.Dispose();
        if (!_leaveOpen)
            _stream.Dispose();
    }

    static T Guarded<T>(string source, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BackpropException($"There is no file {source}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BackpropException($"{source} may not be read: permission is denied.", e);
        }
        catch (InvalidDataException e)
        {
            throw new BackpropException($"{source} is gzip-compressed but damaged or cut off; fetch or compress it again.", e);
        }
        catch (IOException e)
        {
            throw new BackpropException($"{source} cannot be read: {e.Message}", e);
        }
    }

    static FileStream Spool(Stream stream)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var spool = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        try
        {
            // Where a file can lose its name while it is open, none is left by a process that is killed.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            stream.CopyTo(spool, BufferSize);
            spool.Position = 0;
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }
}
