namespace Backprop;

/// <summary>The weight of each row: its own, times that of its class.</summary>
/// <remarks>Weights are left as they are; training scales them to mean 1 over its rows.</remarks>
public static class RowWeights
{
    /// <summary>Class weights that let every class weigh the same in total: n / (K·n_c).</summary>
    /// <param name="classes">The class of each of the n training rows, counted from 0.</param>
    /// <param name="classCount">The number of classes, K being those that occur in the rows.</param>
    /// <returns>[classCount]; 1 for a class without rows.</returns>
    /// <exception cref="ArgumentException">A class is out of range.</exception>
    public static double[] Balanced(ReadOnlySpan<int> classes, int classCount)
    {
        int[] rows = new int[classCount];
        for (int row = 0; row < classes.Length; row++)
        {
            ThrowUnlessClass(row, classes[row], classCount);
            rows[classes[row]]++;
        }

        int total = classes.Length;
        int occurring = rows.Count(static count => count > 0);
        return [.. rows.Select(count => count == 0 ? 1 : total / ((double)occurring * count))];
    }

    /// <summary>Class weights by name.</summary>
    /// <param name="weights">Weights of some of the classes; the others weigh 1.</param>
    /// <param name="classNames">The classes.</param>
    /// <returns>[classes], in the order of the names.</returns>
    /// <exception cref="BackpropException">There is no such class, or a weight is negative or not finite.</exception>
    public static double[] ByName(IReadOnlyDictionary<string, double> weights, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(classNames);
        double[] result = new double[classNames.Count];
        Array.Fill(result, 1);
        foreach ((string name, double weight) in weights.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            int index = IndexOf(name, classNames);
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new BackpropException(FormattableString.Invariant(
                    $"The weight of class '{name}' is {weight}; it must be 0 or more and finite."));
            }

            result[index] = weight;
        }

        return result;
    }

    /// <summary>The product of row and class weights.</summary>
    /// <param name="sampleWeights">[rows]: each row's own weight; empty for 1.</param>
    /// <param name="classes">[rows]: each row's class, counted from 0; unread where there are no class weights.</param>
    /// <param name="classWeights">[classes]; empty for 1.</param>
    /// <returns>[rows], or null where neither is given, which stands for 1 everywhere.</returns>
    /// <exception cref="BackpropException">A product is not finite, or none is above 0.</exception>
    /// <exception cref="ArgumentException">Sizes do not match, or a class is out of range.</exception>
    public static double[]? Product(
        ReadOnlySpan<double> sampleWeights, ReadOnlySpan<int> classes, ReadOnlySpan<double> classWeights)
    {
        if (sampleWeights.IsEmpty && classWeights.IsEmpty)
            return null;
        if (!sampleWeights.IsEmpty && !classWeights.IsEmpty && sampleWeights.Length != classes.Length)
            throw new ArgumentException($"There are {classes.Length} classes, but {sampleWeights.Length} weights.");

        double[] product = new double[classWeights.IsEmpty ? sampleWeights.Length : classes.Length];
        bool hasWeight = false;
        for (int row = 0; row < product.Length; row++)
        {
            double weight = sampleWeights.IsEmpty ? 1 : sampleWeights[row];
            if (!classWeights.IsEmpty)
            {
                ThrowUnlessClass(row, classes[row], classWeights.Length);
                weight *= classWeights[classes[row]];
            }

            if (!double.IsFinite(weight))
            {
                throw new BackpropException(
                    $"The weight of row {row + 1} times that of its class is not finite; give smaller weights.");
            }

            product[row] = weight;
            hasWeight |= weight > 0;
        }

        return hasWeight
            ? product
            : throw new BackpropException(
                "No row has a weight above 0, so there is nothing to learn from; give some rows a weight.");
    }

    static int IndexOf(string name, IReadOnlyList<string> classNames)
    {
        for (int i = 0; i < classNames.Count; i++)
        {
            if (string.Equals(classNames[i], name, StringComparison.Ordinal))
                return i;
        }

        const int Shown = 20;
        string more = classNames.Count > Shown ? $" and {classNames.Count - Shown} more" : "";
        throw new BackpropException(
            $"There is no class '{name}' to weigh; the classes are {string.Join(", ", classNames.Take(Shown))}{more}.");
    }

    static void ThrowUnlessClass(int row, int value, int count)
    {
        if ((uint)value >= (uint)count)
            throw new ArgumentException($"The class of row {row} is {value}, but there are {count} classes.");
    }
}
