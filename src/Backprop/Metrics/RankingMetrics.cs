using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Metrics of how well the scores of two classes rank the rows: the scores of positive and of negative rows are sorted by
/// themselves and walked through together from the largest score down.
/// </summary>
static class RankingMetrics
{
    /// <summary>The metrics of both lists of scores, which are sorted in place and hold no NaN.</summary>
    public static (double? Auc, double? AveragePrecision) Of(Span<double> positives, Span<double> negatives)
    {
        if (positives.IsEmpty)
            return (null, null);

        positives.Sort();
        negatives.Sort();

        // Twice the pairs, so that a tie counts 1: at most rows²/2, which a long holds for as many rows as an array can.
        long twicePairs = 0;
        CompensatedSum precisions = default;
        int positive = positives.Length - 1;
        int negative = negatives.Length - 1;
        while (positive >= 0)
        {
            double threshold = positives[positive];
            while (negative >= 0 && negatives[negative] > threshold)
                negative--;

            int tiedPositives = Tied(positives, ref positive, threshold);
            int tiedNegatives = Tied(negatives, ref negative, threshold);
            twicePairs += tiedPositives * ((2L * (negative + 1)) + tiedNegatives);

            long hits = positives.Length - 1 - positive;
            long taken = hits + (negatives.Length - 1 - negative);
            precisions.Add(tiedPositives * ((double)hits / taken));
        }

        double? auc = negatives.IsEmpty ? null : twicePairs / (2.0 * ((long)positives.Length * negatives.Length));
        return (auc, precisions.Value / positives.Length);
    }

    /// <summary>
    /// The metrics of both lists where rows have weights: a pair counts as the product of its two, a row as its own. Rows are
    /// sorted by score and then by weight, so that their order does not matter.
    /// </summary>
    public static (double? Auc, double? AveragePrecision) OfWeighted(ScoreList positives, ScoreList negatives)
    {
        (double Score, double Weight)[] ups = Falling(positives), downs = Falling(negatives);
        if (ups.Length == 0)
            return (null, null);

        double below = Total(downs), positive = Total(ups), negative = below;
        CompensatedSum pairs = default, precisions = default, hits = default, taken = default;
        for (int i = 0, j = 0; i < ups.Length;)
        {
            double threshold = ups[i].Score;
            CompensatedSum tiedPositives = default, tiedNegatives = default;
            for (; j < downs.Length && downs[j].Score > threshold; j++)
                taken.Add(downs[j].Weight);
            for (; j < downs.Length && downs[j].Score == threshold; j++)
                tiedNegatives.Add(downs[j].Weight);
            for (; i < ups.Length && ups[i].Score == threshold; i++)
                tiedPositives.Add(ups[i].Weight);
            taken.Add(tiedNegatives.Value);
            hits.Add(tiedPositives.Value);
            below = negative - taken.Value;
            pairs.Add(tiedPositives.Value * (below + tiedNegatives.Value / 2));
            precisions.Add(tiedPositives.Value * (hits.Value / (hits.Value + taken.Value)));
        }

        return (downs.Length == 0 ? null : pairs.Value / (positive * negative), precisions.Value / positive);
    }

    static (double Score, double Weight)[] Falling(ScoreList scores)
    {
        var rows = new (double Score, double Weight)[scores.Span.Length];
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (scores.Weights[i] > 0)
                rows[count++] = (scores.Span[i], scores.Weights[i]);
        }

        Array.Resize(ref rows, count);
        Array.Sort(rows, static (x, y) => x.Score == y.Score ? y.Weight.CompareTo(x.Weight) : y.Score.CompareTo(x.Score));
        return rows;
    }

    static double Total((double Score, double Weight)[] rows)
    {
        CompensatedSum total = default;
        foreach ((_, double weight) in rows)
            total.Add(weight);
        return total.Value;
    }

    /// <summary>Walks down past the scores that equal the threshold, and counts them.</summary>
    static int Tied(ReadOnlySpan<double> scores, ref int last, double threshold)
    {
        int start = last;
        while (last >= 0 && scores[last] == threshold)
            last--;
        return start - last;
    }
}
