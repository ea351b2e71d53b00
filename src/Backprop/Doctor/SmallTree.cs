namespace Backprop;

/// <summary>A tree of a few questions (is a number at most so much, is a text this one) that tells the classes of rows.</summary>
sealed class SmallTree
{
    const int MostDepth = 3;
    const int FewestRows = 5;

    readonly double[][] _columns;
    readonly bool[] _areTexts;
    readonly int[] _classes;
    readonly int _count;
    readonly HashSet<int> _asked = [];
    int _mistakes;

    /// <summary>A tree.</summary>
    /// <param name="columns">The columns [columns][rows]: numbers with NaN for missing, or places of texts.</param>
    /// <param name="areTexts">Which columns are texts.</param>
    /// <param name="classes">The class of each row.</param>
    /// <param name="count">The number of classes.</param>
    public SmallTree(double[][] columns, bool[] areTexts, int[] classes, int count) =>
        (_columns, _areTexts, _classes, _count) = (columns, areTexts, classes, count);

    /// <summary>
    /// Learns from the first half of the rows; the columns that were asked, and the mistakes in the second half.
    /// </summary>
    public (int[] Asked, int Mistakes) Grow()
    {
        int half = _classes.Length / 2;
        Part([.. Enumerable.Range(0, half)], [.. Enumerable.Range(half, _classes.Length - half)], MostDepth);
        return ([.. _asked.Order()], _mistakes);
    }

    void Part(int[] learnt, int[] tested, int depth)
    {
        int[] counts = Counts(learnt);
        int frequent = Array.IndexOf(counts, counts.Max());
        if (depth == 0 || counts[frequent] == learnt.Length || Question(learnt, counts) is not { } question)
        {
            _mistakes += tested.Count(row => _classes[row] != frequent);
            return;
        }

        _asked.Add(question.Column);
        Part([.. learnt.Where(Says)], [.. tested.Where(Says)], depth - 1);
        Part([.. learnt.Where(row => !Says(row))], [.. tested.Where(row => !Says(row))], depth - 1);

        bool Says(int row) => Is(question.Column, _columns[question.Column][row], question.Cell);
    }

    // A missing number is below all others.
    bool Is(int column, double cell, double asked) => _areTexts[column] ? cell == asked : !(cell > asked);

    /// <summary>The question after which Gini's impurity is least.</summary>
    (int Column, double Cell)? Question(int[] rows, int[] all)
    {
        (int Column, double Cell)? best = null;
        double bestPurity = Purity(all, rows.Length) + 1e-9;
        for (int column = 0; column < _columns.Length; column++)
        {
            double[] cells = Array.ConvertAll(rows, row => _columns[column][row]);
            int[] order = (int[])rows.Clone();
            Array.Sort(cells, order);
            var counts = new int[_count];
            for (int start = 0, end; start < order.Length; start = end)
            {
                if (_areTexts[column])
                    Array.Clear(counts);
                for (end = start; end < order.Length && cells[end].Equals(cells[start]); end++)
                    counts[_classes[order[end]]]++;
                int taken = _areTexts[column] ? end - start : end;
                if (taken < FewestRows || rows.Length - taken < FewestRows)
                    continue;
                double purity = Purity(counts, taken) + RestPurity(all, counts, rows.Length - taken);
                if (purity > bestPurity)
                {
                    double next = end < cells.Length ? cells[end] : cells[start];
                    bool isAt = _areTexts[column] || double.IsNaN(cells[start]);
                    (best, bestPurity) = ((column, isAt ? cells[start] : (cells[start] + next) / 2), purity);
                }
            }
        }

        return best;
    }

    static double Purity(int[] counts, int rows) => counts.Sum(count => (double)count * count) / rows;

    static double RestPurity(int[] all, int[] taken, int rows)
    {
        double squares = 0;
        for (int k = 0; k < all.Length; k++)
            squares += (double)(all[k] - taken[k]) * (all[k] - taken[k]);
        return squares / rows;
    }

    int[] Counts(int[] rows)
    {
        var counts = new int[_count];
        foreach (int row in rows)
            counts[_classes[row]]++;
        return counts;
    }
}
