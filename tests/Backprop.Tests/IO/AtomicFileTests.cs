using Xunit;

namespace Backprop.Tests;

public sealed class AtomicFileTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backprop-atomic-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Replaces_a_file_by_the_whole_new_content_and_leaves_nothing_beside_it()
    {
        string path = Place("file");
        File.WriteAllText(path, "old and longer");
        AtomicFile.Write(path, "new"u8.ToArray());
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_write_that_fails_in_the_middle_leaves_the_old_file()
    {
        string path = Place("file");
        File.WriteAllText(path, "old");
        IOException error = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device.");
        }));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("unchanged", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void Refuses_folders_and_places_in_folders_that_do_not_exist()
    {
        Assert.Contains("is a folder", Refusal(_folder.FullName), StringComparison.Ordinal);
        Assert.Contains("does not exist", Refusal(Path.Combine(_folder.FullName, "none", "file")), StringComparison.Ordinal);
        Assert.Contains("without a name", Refusal(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_a_place_leaves_no_trace()
    {
        AtomicFile.CheckWritable(Place("file"));
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Refuses_a_folder_that_takes_no_files()
    {
        // Nobody, root included, can make a file there.
        if (OperatingSystem.IsLinux())
            Assert.Contains("not writable", Refusal("/proc/self/file"), StringComparison.Ordinal);
    }

    string Place(string name) => Path.Combine(_folder.FullName, name);

    static string Refusal(string path)
    {
        Assert.Throws<BackpropException>(() => AtomicFile.CheckWritable(path));
        return Assert.Throws<BackpropException>(() => AtomicFile.Write(path, "x"u8.ToArray())).Message;
    }
}
