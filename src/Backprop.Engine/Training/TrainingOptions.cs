namespace Backprop.Engine;

/// <summary>
/// Everything of a training that can change a bit, besides the data and the parameters it starts from. Threads and
/// observers are no part of it.
/// </summary>
public readonly record struct TrainingOptions
{
    /// <summary>Each shard has a gradient of its own in memory.</summary>
    internal const int MostShards = 1024;

    /// <summary>The defaults: Adam, batches of 32 rows, 100 epochs, shuffled.</summary>
    public TrainingOptions()
    {
    }

    /// <summary>The loss e.</summary>
    public Loss Loss { get; init; } = Loss.Squared;

    /// <summary>How the rows' losses make a batch's.</summary>
    public Reduction Reduction { get; init; } = Reduction.Mean;

    /// <summary>The optimizer and what stands around it.</summary>
    public UpdateOptions Update { get; init; } = new();

    /// <summary>Rows per step, 1 or more; 0 for all rows at once. The last batch of an epoch may be shorter.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Into how many parts of nearly equal size each batch is cut, whose gradients are sums of their own and then added in
    /// pairs, 1 or more. The result depends on it, and not on who computes which part.
    /// </summary>
    public int Shards { get; init; } = 1;

    /// <summary>The most passes over the training rows, 1 or more.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Whether each epoch takes the rows in an order of its own; otherwise always in theirs.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Out of which rows an epoch's order is made.</summary>
    public RowOrder Order { get; init; }

    /// <summary>From which the order of rows and the dropped neurons follow.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Stop after this many epochs in a row without a better value of the validation's watched metric; 0 for never.
    /// Needs a validation.
    /// </summary>
    public int Patience { get; init; }

    /// <summary>How many of so many training rows a step takes.</summary>
    internal int BatchOf(int rows) => BatchSize == 0 ? rows : Math.Min(BatchSize, rows);

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Loss is null)
            throw new ArgumentException("A training needs a loss.");
        if (BatchSize < 0)
            throw new ArgumentException($"The batch must have 1 row or more, or 0 for all; it is {BatchSize}.");
        if (Shards is < 1 or > MostShards)
            throw new ArgumentException($"A batch is cut into 1 to {MostShards} shards, not {Shards}.");
        if (BatchSize > 0 && Shards > BatchSize)
            throw new ArgumentException($"A batch of {Counted.Of(BatchSize, "row")} cannot be cut into {Shards} shards.");
        if (Epochs < 1)
            throw new ArgumentException($"There must be 1 epoch or more, not {Epochs}.");
        if (Patience < 0)
            throw new ArgumentException($"Patience must be 0 epochs or more; it is {Patience}.");
        Update.Validate();
        if (Update.Optimizer.NeedsFullBatch && BatchSize != 0)
        {
            throw new ArgumentException(
                $"The optimizer {Update.Optimizer.Named.Name} compares the signs of whole gradients and needs the full batch, "
                + $"not batches of {Counted.Of(BatchSize, "row")}.");
        }
    }
}
