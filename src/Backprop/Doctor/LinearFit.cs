namespace Backprop;

/// <summary>
/// Columns of numbers that together give a target: at every step the column that explains most of what is left is taken, by
/// Gram and Schmidt, on every second row; the others say whether it holds.
/// </summary>
sealed class LinearFit
{
    const int MostColumns = 16;

    /// <summary>A column of which less is left is a combination of those that were taken.</summary>
    const double LeastLeft = 1e-12;

    readonly double[] _target;
    readonly int _fitted;

    /// <summary>A fit.</summary>
    /// <param name="target">[rows]: the target; the first half is fitted, the second tests it.</param>
    public LinearFit(double[] target)
    {
        _fitted = target.Length / 2;
        _target = Centred(target);
    }

    /// <summary>
    /// The fewest columns, by leaving out one after the other, that leave no more than a share of the target's variance open on
    /// both halves of the rows; empty where there are none.
    /// </summary>
    /// <param name="columns">The columns [columns][rows].</param>
    /// <param name="mostOpen">The share.</param>
    public int[] Find(double[][] columns, double mostOpen)
    {
        List<int> taken = Take(columns, [.. Enumerable.Range(0, columns.Length)], MostColumns, mostOpen, out bool isFound);
        if (!isFound)
            return [];
        foreach (int column in taken.ToArray())
        {
            int[] others = [.. taken.Where(other => other != column)];
            _ = Take(columns, others, others.Length, mostOpen, out bool isEnough);
            if (isEnough)
                taken.Remove(column);
        }

        return [.. taken.Order()];
    }

    List<int> Take(double[][] columns, int[] among, int most, double mostOpen, out bool isFound)
    {
        var taken = new List<int>();
        double[] left = (double[])_target.Clone();
        double[][] open = [.. among.Select(column => Centred(columns[column]))];
        double[] whole = [.. open.Select(column => Dot(column, column))];
        while (!(isFound = IsExplained(left, mostOpen)) && taken.Count < Math.Min(most, _fitted / 10))
        {
            int best = -1;
            double bestExplained = 0;
            for (int j = 0; j < open.Length; j++)
            {
                double square = Dot(open[j], open[j]);
                double product = Dot(open[j], left);
                if (square <= LeastLeft * whole[j] || product * product / square <= bestExplained)
                    continue;
                (best, bestExplained) = (j, product * product / square);
            }

            if (best < 0)
                break;
            taken.Add(among[best]);
            double[] direction = (double[])open[best].Clone();
            Subtract(left, direction);
            foreach (double[] column in open)
                Subtract(column, direction);
            Array.Clear(open[best]);
        }

        return taken;
    }

    /// <summary>Whether hardly anything is left on both halves.</summary>
    bool IsExplained(double[] left, double mostOpen)
    {
        return Share(0, _fitted) <= mostOpen && Share(_fitted, left.Length) <= mostOpen;

        double Share(int start, int end)
        {
            double open = 0, all = 0;
            for (int i = start; i < end; i++)
                (open, all) = (open + left[i] * left[i], all + _target[i] * _target[i]);
            return all > 0 ? open / all : 1;
        }
    }

    /// <summary>Takes the part along a direction away, as it is on the rows that are fitted.</summary>
    void Subtract(double[] column, double[] direction)
    {
        double factor = Dot(column, direction) / Dot(direction, direction);
        for (int i = 0; i < column.Length; i++)
            column[i] -= factor * direction[i];
    }

    double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < _fitted; i++)
            sum += x[i] * y[i];
        return sum;
    }

    double[] Centred(double[] column)
    {
        double mean = Statistics.Sum(column.AsSpan(0, _fitted)) / _fitted;
        return Array.ConvertAll(column, x => x - mean);
    }
}
