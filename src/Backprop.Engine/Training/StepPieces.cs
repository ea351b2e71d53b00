namespace Backprop.Engine;

/// <summary>
/// How the work of a step is cut for some members: rows for the flows, rows of tensors for gradient and update. It follows from
/// sizes alone, and who takes a piece changes no bit.
/// </summary>
sealed class StepPieces
{
    /// <summary>
    /// As many rows of a weight matrix as a product gathers at a time, so that a cut costs nothing; their gradient is still in
    /// the second-level cache when its sums go on and when the update reads it.
    /// </summary>
    const int MostRows = ProductPlan.GatheredInputs;

    /// <summary>The most pieces of a share: of a long table each of them looks through the whole batch.</summary>
    const int MostPieces = 16;

    /// <summary>
    /// A share of rows with so many multiply-adds, some milliseconds of them, is cut: a member may lose its core for as long.
    /// The flows of fewer rows are a little slower, and short steps gain nothing by it.
    /// </summary>
    const long WorkOfCut = 100_000_000;

    /// <summary>Fewer rows are not cut, since each piece reads the weights once.</summary>
    const int RowsOfCut = 64;

    readonly (int Layer, RowRange Part)[] _parts;
    readonly int _members;
    readonly long _workOfRow;

    /// <param name="network">The network.</param>
    /// <param name="members">How many members take a step together.</param>
    public StepPieces(Network network, int members)
    {
        // The value flow and, but for the first layer, the error flow.
        (_members, _workOfRow) = (members, 2 * network.WorkOfRow);
        var parts = new List<(int Layer, RowRange Part)>();
        var own = new int[members];
        for (int member = 0; member < members; member++)
        {
            int before = parts.Count;
            for (int layer = 0; layer < network.Layers.Length; layer++)
            {
                RowRange share = new RowRange(0, network.Layout.PartsOf(layer)).Part(member, members);
                int pieces = Math.Min(MostPieces, (share.Count + MostRows - 1) / MostRows);
                for (int i = 0; i < pieces; i++)
                    parts.Add((layer, share.Part(i, pieces)));
            }

            own[member] = parts.Count - before;
        }

        _parts = [.. parts];
        Parts = new Pieces(own);
        Array.Fill(own, 2);
        Rows = new Pieces(own);
    }

    /// <summary>The pieces of a chunk's rows.</summary>
    public Pieces Rows { get; }

    /// <summary>The pieces of the layers' gradients.</summary>
    public Pieces Parts { get; }

    /// <summary>Which rows of a chunk a piece of <see cref="Rows"/> is: of a share three quarters, then the last.</summary>
    public RowRange RowsOf(int piece, int count)
    {
        RowRange share = new RowRange(0, count).Part(piece / 2, _members);
        bool isCut = _members > 1 && share.Count >= RowsOfCut && _workOfRow * share.Count >= WorkOfCut;
        int cut = isCut ? share.Start + share.Count * 3 / 4 : share.End;
        return piece % 2 == 0 ? share with { End = cut } : share with { Start = cut };
    }

    /// <summary>Makes all pieces free, while nobody takes one.</summary>
    public void Reset()
    {
        Rows.Reset();
        Parts.Reset();
    }

    /// <summary>Which layer a piece of <see cref="Parts"/> is of, and which rows of the layer's first tensor.</summary>
    public (int Layer, RowRange Part) PartOf(int piece) => _parts[piece];
}
