namespace Backprop.Engine;

/// <summary>
/// The order in which an epoch takes the training rows: a function of the options, the rows' number and the epoch alone.
/// </summary>
sealed class EpochOrder
{
    readonly TrainingOptions _options;

    /// <summary>Which rows are whose: one stripe of all, or one for each shard.</summary>
    readonly RowRange[] _stripes;

    /// <summary>
    /// The positions that the stripes fill, shard after shard of batch after batch; null where one stripe fills them all.
    /// </summary>
    readonly (int Stripe, int Rows)[]? _parts;

    /// <summary>The rows stripe after stripe, each in its own order; the same as <see cref="Rows"/> where there is one.</summary>
    readonly int[] _striped;

    /// <summary>An order of so many rows, taken by batches of so many.</summary>
    public EpochOrder(TrainingOptions options, int rows, int batch)
    {
        _options = options;
        Rows = [.. Enumerable.Range(0, rows)];
        (_stripes, _striped) = ([new RowRange(0, rows)], Rows);
        if (options.Order == RowOrder.Striped && options.Shards > 1)
        {
            _parts = [.. PartsOf(rows, batch, options.Shards)];
            _stripes = StripesOf(_parts, options.Shards);
            _striped = [.. Rows];
            Arrange(_parts);
        }
    }

    /// <summary>The row at each position.</summary>
    public int[] Rows { get; }

    /// <summary>Makes it an epoch's, counted from 1.</summary>
    public void Begin(int epoch)
    {
        if (!_options.Shuffle)
            return;
        for (int i = 0; i < _striped.Length; i++)
            _striped[i] = i;
        if (_parts is null)
        {
            CounterRandom.Shuffle(Rows, _options.Seed, RandomPurpose.Shuffle, (uint)epoch);
            return;
        }

        for (int s = 0; s < _stripes.Length; s++)
        {
            CounterRandom.Shuffle(
                _striped.AsSpan(_stripes[s].Start, _stripes[s].Count), _options.Seed, RandomPurpose.StripeShuffle,
                (uint)epoch * TrainingOptions.MostShards + (uint)s);
        }

        Arrange(_parts);
    }

    /// <summary>Deals the stripes' rows out to the shards.</summary>
    void Arrange((int Stripe, int Rows)[] parts)
    {
        int[] next = [.. _stripes.Select(stripe => stripe.Start)];
        int position = 0;
        foreach ((int stripe, int rows) in parts)
        {
            _striped.AsSpan(next[stripe], rows).CopyTo(Rows.AsSpan(position));
            (next[stripe], position) = (next[stripe] + rows, position + rows);
        }
    }

    /// <summary>The shards of every batch, and how many rows each takes.</summary>
    static IEnumerable<(int Stripe, int Rows)> PartsOf(int rows, int batch, int shards)
    {
        for (int first = 0; first < rows; first += batch)
        {
            var taken = new RowRange(0, Math.Min(batch, rows - first));
            for (int s = 0; s < shards; s++)
                yield return (s, taken.Part(s, shards).Count);
        }
    }

    /// <summary>A stripe has as many rows as its shards take in an epoch.</summary>
    static RowRange[] StripesOf((int Stripe, int Rows)[] parts, int shards)
    {
        var stripes = new RowRange[shards];
        int start = 0;
        for (int s = 0; s < shards; s++)
        {
            stripes[s] = new RowRange(start, start + parts.Where(part => part.Stripe == s).Sum(part => part.Rows));
            start = stripes[s].End;
        }

        return stripes;
    }
}
