using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

public class GzipContentTests
{
    static readonly byte[] s_first = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * i))];

    [Fact]
    public void Reads_files_of_one_part_and_of_several()
    {
        byte[] second = [1, 2, 3];

        Assert.Equal(s_first, Read(Gzip(s_first)));
        Assert.Equal([.. s_first, .. second], Read([.. Gzip(s_first), .. Gzip(second)]));
        Assert.Equal(s_first, Read([.. Gzip(s_first), .. Gzip([])]));
    }

    [Fact]
    public void Refuses_a_file_that_is_cut_off_anywhere()
    {
        byte[] one = Gzip(s_first);
        byte[] two = [.. one, .. Gzip([1, 2, 3])];

        for (int length = 2; length < two.Length; length += length is < 40 ? 1 : 97)
        {
            if (length != one.Length)
                Assert.Throws<InvalidDataException>(() => Read(two[..length]));
        }

        for (int length = one.Length - 12; length < one.Length; length++)
            Assert.Throws<InvalidDataException>(() => Read(one[..length]));
    }

    static byte[] Read(byte[] file)
    {
        var result = new MemoryStream();
        using var content = new GzipContent(new MemoryStream(file), "f.gz");
        content.CopyTo(result);
        return result.ToArray();
    }
}
