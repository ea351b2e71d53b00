using System.Formats.Tar;
using System.IO.Compression;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>What tools/package.sh made of these sources, in artifacts/packages, before the tests.</summary>
static class NativePackages
{
    const string Script = "tools/package.sh artifacts/packages";

    public static string Folder { get; } = Repository.PathOf("artifacts/packages");

    /// <summary>The one package whose name begins and ends so; fails where it is missing or older than a source.</summary>
    public static string Find(string start, string end)
    {
        string[] found = Directory.Exists(Folder)
            ? [.. Directory.EnumerateFiles(Folder).Where(path => IsOf(Path.GetFileName(path)))] : [];
        Assert.True(found.Length == 1, $"There is no {start}…{end}: run {Script}");
        DateTime changed = Repository.Files("src", "*").Max(path => File.GetLastWriteTimeUtc(Repository.PathOf(path)));
        Assert.True(File.GetLastWriteTimeUtc(found[0]) >= changed, $"{found[0]} is older than the sources: run {Script}");
        return found[0];

        bool IsOf(string name) => name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)
            && char.IsDigit(name[start.Length]);
    }

    /// <summary>Unpacks the archive into a folder, and gives the path of what is in it.</summary>
    public static string Unpack(string into)
    {
        using FileStream file = File.OpenRead(Find("backprop-", "-linux-x64.tar.gz"));
        using var content = new GZipStream(file, CompressionMode.Decompress);
        Directory.CreateDirectory(into);
        TarFile.ExtractToDirectory(content, into, overwriteFiles: false);
        return Assert.Single(Directory.EnumerateDirectories(into));
    }
}
