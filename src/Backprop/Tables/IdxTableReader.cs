using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>From a pair of IDX files (images and labels, unsigned bytes) to a table, holding one byte for each pixel.</summary>
static class IdxTableReader
{
    /// <summary>Images whose labels are not known.</summary>
    public static Table Read(DataFile images)
    {
        IdxHeader header = ImageHeader(images);
        return new Table(images.Source, header.Items, images.Guard(() => ReadPixels(images, header)));
    }

    public static Table Read(DataFile images, DataFile labels)
    {
        IdxHeader imageHeader = ImageHeader(images);
        IdxHeader labelHeader = labels.Guard(() => IdxHeader.Read(labels));

        if (labelHeader.Dimensions != 1)
        {
            throw new BackpropException(
                $"{labels.Source} holds no labels: it has {labelHeader.Dimensions} dimensions where labels have 1.");
        }

        if (imageHeader.Items != labelHeader.Items)
        {
            throw new BackpropException(
                $"{images.Source} has {Counted.Of(imageHeader.Items, "image")} but {labels.Source} has "
                + $"{Counted.Of(labelHeader.Items, "label")}; give the files of one set.");
        }

        Column label = labels.Guard(() => ReadLabels(labels, labelHeader));
        Column[] pixels = images.Guard(() => ReadPixels(images, imageHeader));
        return new Table(images.Source, imageHeader.Items, [.. pixels, label]);
    }

    static IdxHeader ImageHeader(DataFile images)
    {
        IdxHeader header = images.Guard(() => IdxHeader.Read(images));
        return header.Dimensions >= 2 ? header
            : throw new BackpropException(
                $"{images.Source} holds no images but one number for each item, as a file of labels does.");
    }

    static Column[] ReadPixels(DataFile file, IdxHeader header)
    {
        int pixels = header.BytesPerItem;
        int shift = NumberStore.BlockShiftFor(pixels);
        var stores = new NumberStore[pixels];
        for (int p = 0; p < pixels; p++)
            stores[p] = new NumberStore(shift);

        Stream stream = header.SkipTo(file);
        for (int done = 0; done < header.Items;)
        {
            // The rows of one block at a time, turned into columns.
            int rows = Math.Min(1 << shift, header.Items - done);
            byte[] block = new byte[rows * pixels];
            ReadExactly(stream, block, file);
            for (int p = 0; p < pixels; p++)
            {
                byte[] column = new byte[rows];
                for (int row = 0; row < rows; row++)
                    column[row] = block[row * pixels + p];
                stores[p].AddBlock(column);
            }

            done += rows;
        }

        RequireEnd(stream, file);
        return [.. stores.Select((store, p) => new Column($"p{p}", ColumnKind.Number, header.Items, missingCount: 0, store)
        {
            IsPixel = true,
        })];
    }

    static Column ReadLabels(DataFile file, IdxHeader header)
    {
        var builder = new ColumnBuilder("label", columns: 1, unlimited: true);
        string[] texts = [.. Enumerable.Range(0, 256).Select(static value => value.ToString(CultureInfo.InvariantCulture))];
        Stream stream = header.SkipTo(file);
        byte[] buffer = new byte[1 << 13];
        for (int done = 0; done < header.Items;)
        {
            Span<byte> part = buffer.AsSpan(0, Math.Min(buffer.Length, header.Items - done));
            ReadExactly(stream, part, file);
            foreach (byte value in part)
                builder.AddText(texts[value]);
            done += part.Length;
        }

        RequireEnd(stream, file);
        return builder.FinishTexts(ColumnKind.Category, texts: null);
    }

    static void ReadExactly(Stream stream, Span<byte> bytes, DataFile file)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new BackpropException($"{file.Source} ends before the last item that its header promises; fetch it again.");
    }

    static void RequireEnd(Stream stream, DataFile file)
    {
        if (stream.ReadByte() >= 0)
            throw new BackpropException($"{file.Source} goes on after the last item that its header promises, so it is damaged.");
    }
}
