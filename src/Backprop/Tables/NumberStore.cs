using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop;

/// <summary>The numbers of one column, in blocks, so that growing copies nothing and nothing is held twice.</summary>
sealed class NumberStore
{
    readonly List<NumberBlock> _blocks = [];
    readonly int _shift;
    readonly int _mask;
    double[]? _open;

    /// <summary>An empty store.</summary>
    /// <param name="blockShift">Two to this power is the number of values in a block.</param>
    public NumberStore(int blockShift)
    {
        _shift = blockShift;
        _mask = (1 << blockShift) - 1;
    }

    /// <summary>
    /// The block size for a table of so many columns. The unfinished blocks of all columns together stay near 32 MB, so a
    /// cell in a table of 100,000 columns takes no more memory than one in a table of ten.
    /// </summary>
    public static int BlockShiftFor(int columns)
    {
        const int Cells = 1 << 22, Largest = 13, Smallest = 4;
        return Math.Clamp(int.Log2(Math.Max(1, Cells / Math.Max(1, columns))), Smallest, Largest);
    }

    public int Count { get; private set; }

    public double this[int index]
    {
        get
        {
            int block = index >> _shift;
            return block < _blocks.Count ? _blocks[block][index & _mask] : _open![index & _mask];
        }
    }

    public void Add(double value)
    {
        int used = Count & _mask;
        MakeRoom(used);
        _open![used] = value;
        Count++;
        if ((Count & _mask) == 0)
            _blocks.Add(NumberBlock.Pack(_open));
    }

    public void AddRange(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            int used = Count & _mask;
            MakeRoom(used);
            int taken = Math.Min(values.Length, _open!.Length - used);
            values[..taken].CopyTo(_open.AsSpan(used));
            values = values[taken..];
            Count += taken;
            if ((Count & _mask) == 0)
                _blocks.Add(NumberBlock.Pack(_open));
        }
    }

    /// <summary>A block is as large at first as a small table needs.</summary>
    void MakeRoom(int used)
    {
        const int Some = 256;
        if (_open is null)
            _open = new double[Math.Min(Some, _mask + 1)];
        else if (used == _open.Length)
            Array.Resize(ref _open, _mask + 1);
    }

    /// <summary>Appends a finished block; all blocks but the last must be full.</summary>
    public void AddBlock(byte[] values)
    {
        _blocks.Add(new NumberBlock(values));
        Count += values.Length;
    }

    /// <summary>Packs what is left in the buffer and gives the buffer back. Nothing can be added afterwards.</summary>
    public void Close()
    {
        if (_open is not null && (Count & _mask) != 0)
            _blocks.Add(NumberBlock.Pack(_open.AsSpan(0, Count & _mask)));
        _open = null;
        _blocks.TrimExcess();
    }

    /// <summary>Copies values [start, start + destination.Length).</summary>
    public void CopyTo(int start, Span<double> destination)
    {
        while (!destination.IsEmpty)
        {
            int offset = start & _mask;
            int count = Math.Min(destination.Length, _mask + 1 - offset);
            if (start >> _shift < _blocks.Count)
                _blocks[start >> _shift].CopyTo(offset, destination[..count]);
            else
                _open.AsSpan(offset, count).CopyTo(destination);
            destination = destination[count..];
            start += count;
        }
    }

    /// <summary>Copies the values of rows in any order out of a closed store.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void Gather(ReadOnlySpan<int> rows, Span<double> destination)
    {
        const int Some = 512;
        for (int i = 0; i < rows.Length;)
        {
            // Mostly some rows are of one block, and often each is the one behind the last.
            ReadOnlySpan<int> some = rows.Slice(i, Math.Min(Some, rows.Length - i));
            (int least, int most, bool areConsecutive) = Look(some);
            ArgumentOutOfRangeException.ThrowIfNegative(least, nameof(rows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(most, Count, nameof(rows));
            if (areConsecutive)
                CopyTo(some[0], destination.Slice(i, some.Length));
            else if (least >> _shift == most >> _shift)
                GatherBlock(some, destination[i..]);
            else
                GatherRuns(some, destination[i..]);
            i += some.Length;
        }
    }

    void GatherRuns(ReadOnlySpan<int> rows, Span<double> destination)
    {
        for (int i = 0, end; i < rows.Length; i = end)
        {
            for (end = i + 1; end < rows.Length && rows[end] >> _shift == rows[i] >> _shift;)
                end++;
            GatherBlock(rows[i..end], destination[i..]);
        }
    }

    void GatherBlock(ReadOnlySpan<int> rows, Span<double> destination)
    {
        int block = rows[0] >> _shift;
        _blocks[block].Gather(rows, block << _shift, destination);
    }

    /// <summary>The least and the largest of some rows, and whether each is the one behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static (int Least, int Most, bool AreConsecutive) Look(ReadOnlySpan<int> rows)
    {
        int least = rows[0], most = rows[0], apart = 0, i = 0;
        if (rows.Length >= Vector256<int>.Count)
        {
            Vector256<int> lows = Vector256.Create(least), highs = lows, aparts = default;
            Vector256<int> expected = lows + Vector256<int>.Indices;
            for (; i <= rows.Length - Vector256<int>.Count; i += Vector256<int>.Count)
            {
                Vector256<int> some = Vector256.Create(rows[i..]);
                (lows, highs) = (Vector256.Min(lows, some), Vector256.Max(highs, some));
                aparts |= some ^ expected;
                expected += Vector256.Create(Vector256<int>.Count);
            }

            for (int k = 0; k < Vector256<int>.Count; k++)
                (least, most, apart) = (Math.Min(least, lows[k]), Math.Max(most, highs[k]), apart | aparts[k]);
        }

        for (; i < rows.Length; i++)
            (least, most, apart) = (Math.Min(least, rows[i]), Math.Max(most, rows[i]), apart | (rows[i] - rows[0] - i));
        return (least, most, apart == 0);
    }
}
