namespace Backprop.Engine;

/// <summary>Out of which rows an epoch's order is made; the bits depend on it.</summary>
public enum RowOrder
{
    /// <summary>One order of all rows: any row can come in any batch.</summary>
    Full = 0,

    /// <summary>
    /// The rows are cut into one stripe for each shard, side by side, and a batch's shard s takes its rows from stripe s, in the
    /// stripe's own order: who computes a shard needs only the rows of its stripe.
    /// </summary>
    Striped = 1,
}
