using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

public class IdxTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_images_and_labels(bool gzip)
    {
        // More images than a block holds.
        const int Images = 20_000, Pixels = 6;
        byte[] pixels = [.. Enumerable.Range(0, Images * Pixels).Select(i => (byte)(i * 7 / 3))];
        byte[] labels = [.. Enumerable.Range(0, Images).Select(i => (byte)(9 - i % 10))];
        Table table = Read(Idx([Images, 2, 3], pixels), Idx([Images], labels), gzip);

        Assert.Equal(Images, table.RowCount);
        Assert.Equal(["p0", "p1", "p2", "p3", "p4", "p5", "label"], Names(table));
        for (int p = 0; p < Pixels; p++)
        {
            Assert.Equal(ColumnKind.Number, table.Columns[p].Kind);
            Assert.Equal(Enumerable.Range(0, Images).Select(row => (double)pixels[row * Pixels + p]), Numbers(table.Columns[p]));
        }

        Assert.Equal(ColumnKind.Category, table["label"].Kind);
        Assert.Equal(["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"], table["label"].Categories.ToArray());
        Assert.Equal(Enumerable.Range(0, Images).Select(row => row % 10), Codes(table["label"]));
    }

    [Fact]
    public void A_pixel_takes_one_byte()
    {
        NumberBlock block = NumberBlock.Pack([0, 255]);
        Assert.Equal(1, block.BytesPerValue);
        Assert.Equal(1, new NumberBlock(new byte[3]).BytesPerValue);
    }

    public static TheoryData<byte[], byte[], string> Refused()
    {
        byte[] images = Idx([2, 1, 3], [1, 2, 3, 4, 5, 6]), labels = Idx([2], [0, 1]);
        return new()
        {
            { [], labels, "IMAGES is empty." },
            {
                [.. "PNG?1234"u8],
                labels,
                "IMAGES is no IDX file: it does not begin with two zero bytes, a type and a number of dimensions."
            },
            {
                [0, 0, 8],
                labels,
                "IMAGES is no IDX file: it does not begin with two zero bytes, a type and a number of dimensions."
            },
            {
                [0, 0, 13, .. images[3..]],
                labels,
                "IMAGES is an IDX file of elements of type 0x0D; only unsigned bytes (0x08) are read."
            },
            { images[..10], labels, "IMAGES ends within its header; fetch it again." },
            { images[..^1], labels, "IMAGES has 21 bytes where its header promises 22; fetch it again." },
            { [.. images, 0], labels, "IMAGES has 23 bytes where its header promises 22; fetch it again." },
            {
                Idx([int.MaxValue, 1000, 100], [1]),
                labels,
                "IMAGES has 17 bytes where its header promises 214748364700016; fetch it again."
            },
            {
                Idx([-1, 1], [1]),
                labels,
                "IMAGES has 4294967295 items of 1 bytes by its header; at most 2147483647 of 200000 can be read."
            },
            {
                Idx([1, -1, -1, -1, -1, -1], [1]),
                labels,
                "IMAGES has 1 items of 18446744073709551615 bytes by its header; at most 2147483647 of 200000 can be read."
            },
            { Idx([0, 3], []), labels, "IMAGES is an IDX file without any items in it." },
            { labels, labels, "IMAGES holds no images but one number for each item, as a file of labels does." },
            { images, images, "LABELS holds no labels: it has 3 dimensions where labels have 1." },
            { images, Idx([3], [0, 1, 2]), "IMAGES has 2 images but LABELS has 3 labels; give the files of one set." },
            { Gzip(images[..^1]), labels, "IMAGES ends before the last item that its header promises; fetch it again." },
            { Gzip([.. images, 0]), labels, "IMAGES goes on after the last item that its header promises, so it is damaged." },
            { Gzip(images)[..^3], labels, "IMAGES is gzip-compressed but damaged or cut off; fetch or compress it again." },
            {
                Gzip(Idx([int.MaxValue, 1000], [1])),
                labels,
                "IMAGES has compressed LENGTH bytes where its header promises 2147483647012; fetch it again."
            },
        };
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_what_is_no_pair(byte[] images, byte[] labels, string sentence)
    {
        using var folder = new ScratchFolder();
        string imagePath = folder.Write("i", images), labelPath = folder.Write("l", labels);
        string message = Refusal(() => Table.ReadIdx(imagePath, labelPath));

        sentence = sentence.Replace("IMAGES", imagePath, StringComparison.Ordinal)
            .Replace("LABELS", labelPath, StringComparison.Ordinal)
            .Replace("LENGTH", $"{images.Length}", StringComparison.Ordinal);
        Assert.Equal(sentence, message);
    }

    static Table Read(byte[] images, byte[] labels, bool gzip)
    {
        using var folder = new ScratchFolder();
        return Table.ReadIdx(
            folder.Write("images", gzip ? Gzip(images) : images), folder.Write("labels", gzip ? Gzip(labels) : labels));
    }
}
