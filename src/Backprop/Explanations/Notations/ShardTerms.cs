namespace Backprop;

/// <summary>
/// How a batch's gradient is the sum of its shards', which are added as the engine's tree has it: neighbours in pairs, then
/// pairs of pairs. In LaTeX.
/// </summary>
sealed class ShardTerms
{
    // What reads well; with more shards there is a remark, and the JSON has each.
    const int MostShown = 8;

    readonly Explanation _explanation;
    readonly int[] _shown;

    public ShardTerms(Explanation explanation)
    {
        _explanation = explanation;

        // A shard without rows adds 0.
        int[] filled = [.. Enumerable.Range(0, explanation.Shards.Length).Where(shard => explanation.Shards[shard].Count > 0)];
        _shown = filled.Length is > 1 and <= MostShown ? filled : [];
    }

    /// <summary>How the batch is cut; null where it is not.</summary>
    public string? Remark
    {
        get
        {
            int shards = _explanation.Shards.Length, rows = _explanation.Rows.Length;
            if (shards == 0)
                return null;
            string cut = string.Join(", ", _explanation.Shards.Where(shard => shard.Count > 0).Take(MostShown).Select(Rows));
            return $"The recipe cuts the batch into {shards} shards ({cut}{(Math.Min(shards, rows) > MostShown ? ", …" : "")}), "
                + "whose gradients are added in pairs, then pairs of pairs"
                + (shards > rows ? "; shards without rows add 0." : ".")
                + (_shown.Length == 0 && Math.Min(shards, rows) > MostShown ? " Their parts are left out; --json has them." : "");
        }
    }

    /// <summary>The shards that are shown.</summary>
    public IEnumerable<(int Number, ExplainedShard Shard)> Shown =>
        _shown.Select(shard => (shard + 1, _explanation.Shards[shard]));

    /// <summary>A step that says the sum once more, by shards; empty where none is shown.</summary>
    /// <param name="sum">What the sum is called.</param>
    /// <param name="letter">What a shard's part is called, without the shard's number.</param>
    public string Step(string sum, string letter)
    {
        if (_shown.Length == 0)
            return "";

        // As GradientTree.Add, with texts.
        string?[] terms = new string?[_explanation.Shards.Length];
        foreach (int shard in _shown)
            terms[shard] = $"{letter}_{{{shard + 1}}}";
        for (int stride = 1; stride < terms.Length; stride *= 2)
        {
            for (int i = 0; i + stride < terms.Length; i += 2 * stride)
            {
                string? other = terms[i + stride];
                terms[i] = terms[i] is { } first && other is not null ? $"({first} + {other})" : terms[i] ?? other;
            }
        }

        string tree = terms[0]!;
        return $@",\; {sum} = {tree[1..^1]}";
    }

    /// <summary>The rows of a shard as a range of r.</summary>
    public static string Range(ExplainedShard shard) => @"\text{ for } r = " + (shard.Count == 1
        ? $"{shard.First + 1}"
        : $@"{shard.First + 1} \dots {shard.First + shard.Count}");

    string Rows(ExplainedShard shard)
    {
        int first = _explanation.Rows[shard.First] + 1, last = _explanation.Rows[shard.First + shard.Count - 1] + 1;
        return shard.Count == 1 ? $"row {first}" : $"{shard.Count} rows from {first} to {last}";
    }
}
