namespace Backprop;

/// <summary>
/// Writes a file so that its place holds either what was there or the whole new content: the bytes go to a temporary
/// file in the same folder, are flushed to the disk, and the file is renamed over the old one.
/// </summary>
static class AtomicFile
{
    const string Extension = ".tmp";

    /// <summary>How often a name is tried; another process takes one away at most by chance.</summary>
    const int Attempts = 8;

    /// <summary>Writes bytes.</summary>
    /// <exception cref="BackpropException">The folder is missing or not writable, or the path is a folder.</exception>
    /// <exception cref="IOException">The disk is full or failed; the old file stands.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));

    /// <summary>Writes what <paramref name="write"/> puts into the stream.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlyMemory{byte})"/>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Place(path);
        if (IsDevice(full))
        {
            WriteTo(full, path, write);
            return;
        }

        DeleteOrphans(full);
        using FileStream stream = Create(path, full);
        try
        {
            write(stream);
            stream.Flush(flushToDisk: true);

            // Renamed while it is open, and so locked: nobody can take it for what a dead process left.
            Replace(path, stream.Name, full);
        }
        catch (Exception error)
        {
            TryDelete(stream.Name);
            if (error is FileNotFoundException or DirectoryNotFoundException)
                throw new IOException($"Cannot write '{path}': its folder is gone. Make it or give another one.", error);
            if (SystemReason.IsOf(error))
            {
                throw new IOException(
                    $"Cannot write '{path}': {SystemReason.Of(error)}. What was there is unchanged; make room or give another "
                    + "place.",
                    error);
            }

            throw;
        }
    }

    /// <summary>
    /// Checks, without leaving a trace, that a file can be written here: to be called before hours of work whose
    /// result goes there.
    /// </summary>
    /// <exception cref="BackpropException">The folder is missing or not writable, or the path is a folder.</exception>
    public static void CheckWritable(string path)
    {
        string full = Place(path);
        if (IsDevice(full))
            return;
        DeleteOrphans(full);
        using FileStream stream = Create(path, full);
        TryDelete(stream.Name);
    }

    /// <summary>What is no file on a disk, such as standard output, cannot be replaced by one.</summary>
    public static bool IsDevice(string path)
    {
        string full = Path.GetFullPath(path);
        return full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
    }

    static void WriteTo(string device, string path, Action<Stream> write)
    {
        try
        {
            using var stream = new FileStream(device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(stream);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new BackpropException($"Cannot write '{path}': {SystemReason.Of(error)}. Give another place.", error);
        }
        catch (Exception error) when (SystemReason.IsOf(error))
        {
            throw new IOException($"Cannot write '{path}': {SystemReason.Of(error)}. Make room or give another place.", error);
        }
    }

    /// <summary>The full path of the file itself, where the path is a link to it.</summary>
    static string Place(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new BackpropException("Cannot write to a file without a name.");

        string full = Path.GetFullPath(path);
        if (!IsDevice(full) && new FileInfo(full).LinkTarget is not null
            && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target)
        {
            full = target.FullName;
        }

        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(path))
            throw new BackpropException($"Cannot write '{path}': it is a folder. Give the name of a file in it.");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new BackpropException($"Cannot write '{path}': its folder does not exist. Make it or give another one.");
        return full;
    }

    /// <summary>
    /// The temporary file, open and locked. Between its making and its locking, somebody who looks for orphans can take it for
    /// one: it cannot be locked then, or is gone, and another is made.
    /// </summary>
    static FileStream Create(string path, string full)
    {
        for (int attempt = 1; ; attempt++)
        {
            string temporary = $"{full}.{Guid.NewGuid():N}{Extension}";
            try
            {
                // Without a buffer, which would be written once more when it is closed after a failure.
                var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, bufferSize: 0);
                if (attempt == Attempts || File.Exists(temporary))
                    return stream;
                stream.Dispose();
            }
            catch (DirectoryNotFoundException error)
            {
                throw new BackpropException($"Cannot write '{path}': its folder is gone. Make it or give another one.", error);
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                // Where it was taken for an orphan it may be gone by now, so that its absence tells nothing: what stays wrong
                // fails again.
                if (attempt < Attempts)
                    continue;
                throw new BackpropException(
                    $"Cannot write '{path}': its folder is not writable "
                    + $"({SystemReason.Of(error).Replace(temporary, path, StringComparison.Ordinal)}). Give another one.",
                    error);
            }
        }
    }

    static void Replace(string path, string temporary, string full)
    {
        try
        {
            File.Move(temporary, full, overwrite: true);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new BackpropException($"Cannot write '{path}': the file there may not be replaced.", error);
        }
    }

    /// <summary>
    /// Deletes what killed processes left beside a file. The lock with which a file is held open tells whose writer lives.
    /// </summary>
    static void DeleteOrphans(string full)
    {
        const int GuidLength = 32;
        string start = Path.GetFileName(full) + ".";
        try
        {
            foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, "*" + Extension))
            {
                ReadOnlySpan<char> name = Path.GetFileName(file.AsSpan());
                if (name.Length == start.Length + GuidLength + Extension.Length
                    && name.StartsWith(start, StringComparison.Ordinal)
                    && Guid.TryParseExact(name.Slice(start.Length, GuidLength), "N", out _))
                {
                    TryDeleteUnused(file);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed may still be written to.
        }
    }

    static void TryDeleteUnused(string file)
    {
        try
        {
            // Deleted before it is unlocked again, so that nobody locks it in between.
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose)
                .Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody is writing it, or it is not ours to delete.
        }
    }

    static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is left over is a .tmp file; the error that led here is the one to report.
        }
    }
}
