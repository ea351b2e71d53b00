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

    [Fact]
    public void What_a_dead_process_left_is_deleted_by_the_next_write_and_nothing_else_is()
    {
        string path = Place("file");
        string orphan = Place($"file.{Guid.NewGuid():N}.tmp");
        string[] others =
        [
            Place("file.tmp"), Place("file.1.tmp"), Place($"file.{Guid.NewGuid():D}.tmp"),
            Place($"another.{Guid.NewGuid():N}.tmp"),
            Place($"file.{Guid.NewGuid():N}"), Place($"file.{new string('g', 32)}.tmp"),
        ];
        foreach (string file in others.Append(orphan))
            File.WriteAllText(file, "half");
        AtomicFile.CheckWritable(path);
        Assert.False(File.Exists(orphan));
        File.WriteAllText(orphan, "half");
        AtomicFile.Write(path, "new"u8.ToArray());
        Assert.Equal(
            others.Append(path).Order(StringComparer.Ordinal),
            _folder.GetFiles().Select(file => file.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_living_writer_is_writing_is_left_to_it()
    {
        string path = Place("file");
        AtomicFile.Write(path, stream =>
        {
            stream.WriteByte((byte)'a');
            AtomicFile.Write(path, "between"u8.ToArray());
            AtomicFile.CheckWritable(path);
            Assert.Equal("between", File.ReadAllText(path));
            stream.WriteByte((byte)'b');
        });
        Assert.Equal("ab", File.ReadAllText(path));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void Writers_of_one_file_at_once_all_succeed_and_the_file_is_always_one_of_theirs()
    {
        const int Writers = 4, Times = 60, Length = 10_000;
        string path = Place("file");
        AtomicFile.Write(path, Content(0));
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            for (int i = 0; i < Times; i++)
            {
                AtomicFile.Write(path, Content(writer));
                byte[] read = File.ReadAllBytes(path);
                Assert.Equal(Length, read.Length);
                Assert.InRange(read[0], 0, Writers - 1);
                Assert.DoesNotContain(read, other => other != read[0]);
            }
        });
        Assert.Single(_folder.GetFiles());

        static byte[] Content(int writer)
        {
            var content = new byte[Length];
            Array.Fill(content, (byte)writer);
            return content;
        }
    }

    string Place(string name) => Path.Combine(_folder.FullName, name);

    static string Refusal(string path)
    {
        Assert.Throws<BackpropException>(() => AtomicFile.CheckWritable(path));
        return Assert.Throws<BackpropException>(() => AtomicFile.Write(path, "x"u8.ToArray())).Message;
    }
}
