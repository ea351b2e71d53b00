using System.Globalization;
using System.Text;
using Xunit;

namespace Backprop.Tests;

[Collection(nameof(TableMemoryTests))]
[CollectionDefinition(nameof(TableMemoryTests), DisableParallelization = true)]
public class TableMemoryTests
{
    [Theory]
    [InlineData(20, 100_000, "0.1", 8.5)]
    [InlineData(2000, 1_000, "0.1", 8.5)]
    [InlineData(20, 100_000, "0.5", 4.5)]
    [InlineData(20, 100_000, "200", 1.5)]
    public void A_cell_takes_no_more_than_its_number(int columns, int rows, string cell, double mostBytes)
    {
        string line = string.Join(',', Enumerable.Repeat(cell, columns)) + "\n";
        string header = string.Join(',', Enumerable.Range(0, columns).Select(i => $"c{i}")) + "\n";
        using var stream = new RepeatedStream(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(line), rows);

        // The median of three: what earlier tests left behind may be collected during one of them.
        double[] bytes = [.. Enumerable.Range(0, 3).Select(_ => BytesHeld(stream) / ((double)columns * rows)).Order()];
        Assert.InRange(bytes[1], 0.9, mostBytes);

        Table table = Read(stream);
        Assert.Equal(rows, table.RowCount);
        Assert.Equal(double.Parse(cell, CultureInfo.InvariantCulture), table.Columns[columns - 1].Number(rows - 1));
    }

    static Table Read(RepeatedStream stream)
    {
        stream.Position = 0;
        return Table.ReadCsv(stream, "the stream");
    }

    static long BytesHeld(RepeatedStream stream)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Table table = Read(stream);
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(table);
        return held;
    }

    /// <summary>A file that takes no memory itself: a header, then one line many times.</summary>
    sealed class RepeatedStream(byte[] header, byte[] line, int times) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => header.Length + (long)line.Length * times;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, Length - Position);
            for (int i = 0; i < count; i++, Position++)
                buffer[i] = Position < header.Length ? header[Position] : line[(Position - header.Length) % line.Length];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
