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

    /// <summary>Walks down past the scores that equal the threshold, and counts them.</summary>
    static int Tied(ReadOnlySpan<double> scores, ref int last, double threshold)
    {
        int start = last;
        while (last >= 0 && scores[last] == threshold)
            last--;
        return start - last;
    }
}
