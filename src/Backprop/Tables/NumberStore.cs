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
        _open ??= new double[_mask + 1];
        _open[Count++ & _mask] = value;
        if ((Count & _mask) == 0)
            _blocks.Add(NumberBlock.Pack(_open));
    }

    public void AddRange(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            _open ??= new double[_mask + 1];
            int used = Count & _mask;
            int taken = Math.Min(values.Length, _open.Length - used);
            values[..taken].CopyTo(_open.AsSpan(used));
            values = values[taken..];
            Count += taken;
            if ((Count & _mask) == 0)
                _blocks.Add(NumberBlock.Pack(_open));
        }
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

    /// <summary>Copies values [start, start + destination.Length) of a closed store.</summary>
    public void CopyTo(int start, Span<double> destination)
    {
        while (!destination.IsEmpty)
        {
            int offset = start & _mask;
            int count = Math.Min(destination.Length, _mask + 1 - offset);
            _blocks[start >> _shift].CopyTo(offset, destination[..count]);
            destination = destination[count..];
            start += count;
        }
    }

    /// <summary>Copies the values of rows in any order out of a closed store.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void Gather(ReadOnlySpan<int> rows, Span<double> destination)
    {
        for (int i = 0; i < rows.Length;)
        {
            // All that come one after the other out of one block, and mostly each beside the one before.
            int block = rows[i] >> _shift, end = i, apart = 0;
            for (; end < rows.Length && rows[end] >> _shift == block; end++)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rows[end], (uint)Count, nameof(rows));
                apart |= rows[end] - rows[i] - (end - i);
            }

            if (apart == 0)
                _blocks[block].CopyTo(rows[i] & _mask, destination[i..end]);
            else
                _blocks[block].Gather(rows[i..end], block << _shift, destination[i..]);
            i = end;
        }
    }
}
