using System.Diagnostics;
using System.Globalization;

namespace Backprop.Cli.Tests;

/// <summary>
/// A disk of a few KB in memory, in the folder <c>disk</c> of a command's own, which can be filled and made read-only.
/// </summary>
sealed class SmallDisk : IDisposable
{
    const string Filler = "filler";

    static readonly Lazy<string?> s_reason = new(Try);

    readonly string _folder;

    public SmallDisk(Command command, int kilobytes)
    {
        _folder = command["disk"];
        Directory.CreateDirectory(_folder);
        Assert.Equal(0, Mount("-t", "tmpfs", "-o", Size(kilobytes), "none", _folder));
    }

    /// <summary>Why tests that need such a disk are skipped, or null.</summary>
    public static string? Reason => s_reason.Value;

    /// <summary>The names of the files on it, without what fills it up.</summary>
    public string[] Files => [.. Directory.GetFiles(_folder)
        .Select(path => Path.GetFileName(path)).Where(name => name != Filler).Order(StringComparer.Ordinal)];

    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Fills it up to the last byte but so many.</summary>
    public void Fill(int except)
    {
        var drive = new DriveInfo(_folder);
        using var stream = new FileStream(this[Filler], FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        while (drive.AvailableFreeSpace - except is > 0 and long free)
            stream.Write(new byte[Math.Min(1 << 12, free)]);
    }

    /// <summary>
    /// Fills it up while a process writes to it: the process may take the last room before the filler does, and a file that it
    /// replaces gives its room back.
    /// </summary>
    public void FillWhileWritten()
    {
        do
        {
            try
            {
                Fill(except: 0);
            }
            catch (IOException) when (new DriveInfo(_folder).AvailableFreeSpace == 0 || IsWritten)
            {
            }
        }
        while (IsWritten || new DriveInfo(_folder).AvailableFreeSpace > 0 || IsWritten);
    }

    public void Empty() => File.Delete(this[Filler]);

    /// <summary>Makes it read-only, as soon as no file on it is open.</summary>
    public void MakeReadOnly()
    {
        const int Tries = 200;
        int tries = 0;
        while (Mount("-o", "remount,ro", _folder) != 0)
            Assert.True(++tries < Tries);
    }

    public void MakeWritable() => Assert.Equal(0, Mount("-o", "remount,rw", _folder));

    public void Resize(int kilobytes) => Assert.Equal(0, Mount("-o", $"remount,{Size(kilobytes)}", _folder));

    public void Dispose() => Run("umount", _folder);

    bool IsWritten => Files.Any(name => name.EndsWith(".tmp", StringComparison.Ordinal));

    static string Size(int kilobytes) => string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k");

    static string? Try()
    {
        const string NotAllowed = "It mounts a small disk in memory, which only root may do.";
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return NotAllowed;
        string folder = Directory.CreateTempSubdirectory("backprop-disk-").FullName;
        bool isMounted = Mount("-t", "tmpfs", "-o", Size(64), "none", folder) == 0;
        if (isMounted)
            Run("umount", folder);
        Directory.Delete(folder);
        return isMounted ? null : NotAllowed;
    }

    static int Mount(params string[] arguments) => Run("mount", arguments);

    static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
