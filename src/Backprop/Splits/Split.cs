using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>Rows parted in two: those to train on, and those held out to measure on.</summary>
/// <remarks>
/// Each row draws a random number that depends on the seed, the part and the row's own number only; of each class the rows
/// with the smallest numbers are held out. Neither threads nor the order in which rows are named matter. To have a test
/// and a validation part, hold the test rows out first and the validation rows out of the rest:
/// <code>
/// Split test = Split.HoldOut(rowCount, 0.2, seed, SplitPart.Test, classes);
/// Split validation = Split.HoldOut(test.TrainingRows, 0.2, seed, SplitPart.Validation, classes);
/// </code>
/// </remarks>
public sealed class Split
{
    Split(int[] trainingRows, int[] heldOutRows) => (TrainingRows, HeldOutRows) = (trainingRows, heldOutRows);

    /// <summary>The numbers of the rows to train on, ascending.</summary>
    public int[] TrainingRows { get; }

    /// <summary>The numbers of the rows held out, ascending.</summary>
    public int[] HeldOutRows { get; }

    /// <summary>Holds out a share of the rows 0 to <paramref name="rowCount"/> − 1.</summary>
    /// <inheritdoc cref="HoldOut(ReadOnlySpan{int}, double, ulong, SplitPart, ReadOnlySpan{int})"/>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="fraction">The share to hold out, between 0 and 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="part">What the rows are held out for.</param>
    /// <param name="classes">[rowCount]: the class of each row, counted from 0; empty to draw from all rows alike.</param>
    public static Split HoldOut(
        int rowCount, double fraction, ulong seed, SplitPart part, ReadOnlySpan<int> classes = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        if (!classes.IsEmpty && classes.Length != rowCount)
            throw new ArgumentException($"There are {rowCount} rows, but {classes.Length} classes.");

        int[] rows = new int[rowCount];
        for (int row = 0; row < rows.Length; row++)
            rows[row] = row;
        return HoldOut(rows, fraction, seed, part, classes);
    }

    /// <summary>Holds out a share of some rows.</summary>
    /// <param name="rows">The numbers of the rows to part, each once, in any order.</param>
    /// <param name="fraction">The share to hold out, between 0 and 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="part">What the rows are held out for.</param>
    /// <param name="classes">The class of every row by its number, counted from 0; empty to draw from all rows alike.</param>
    /// <returns>
    /// Both parts. Fraction · rows are held out, rounded to the nearest whole number (halves to the even one). Every class
    /// gives its share of them by largest remainder (of equal remainders the first class), but keeps a row to train on; a
    /// class of a single row gives it only if there are too few others.
    /// </returns>
    /// <exception cref="BackpropException">
    /// The fraction is not between 0 and 1, one of the parts would be empty, or a class of two or more rows would have
    /// none to train on.
    /// </exception>
    /// <exception cref="ArgumentException">A row is named twice or has no class, or a class is negative.</exception>
    public static Split HoldOut(
        ReadOnlySpan<int> rows, double fraction, ulong seed, SplitPart part, ReadOnlySpan<int> classes = default)
    {
        int heldOut = HeldOutCount(rows.Length, fraction, part);
        int[] ascending = rows.ToArray();
        if (!IsAscending(ascending))
            Array.Sort(ascending);
        ThrowUnlessValid(ascending, classes);

        int[] sizes = ClassSizes(ascending, classes);
        int[] shares = ClassShares.Of(sizes, heldOut);
        var drawn = new ulong[ascending.Length];
        for (int i = 0; i < drawn.Length; i++)
            drawn[i] = CounterRandom.Bits(seed, RandomPurpose.Split, (uint)part, (ulong)ascending[i]);
        ulong[] largest = LargestHeldOut(ascending, classes, drawn, sizes, shares);

        (int[] training, int[] held) = (new int[rows.Length - heldOut], new int[heldOut]);
        (int trainingCount, int heldCount) = (0, 0);
        for (int i = 0; i < ascending.Length; i++)
        {
            int ofClass = classes.IsEmpty ? 0 : classes[ascending[i]];
            if (drawn[i] <= largest[ofClass] && shares[ofClass]-- > 0)
                held[heldCount++] = ascending[i];
            else
                training[trainingCount++] = ascending[i];
        }

        return new Split(training, held);
    }

    static int HeldOutCount(int rows, double fraction, SplitPart part)
    {
        string name = part == SplitPart.Test ? "test" : "validation";
        string share = fraction.ToString(CultureInfo.InvariantCulture);
        if (!(fraction > 0 && fraction < 1))
            throw new BackpropException($"The {name} part must be a share between 0 and 1, not {share}.");

        int count = (int)Math.Round(fraction * rows, MidpointRounding.ToEven);
        if (count == 0)
        {
            throw new BackpropException(
                $"{share} of {Counted.Of(rows, "row")} leaves no row for the {name} part; give it a larger share or more rows.");
        }

        if (count == rows)
        {
            throw new BackpropException(
                $"A {name} part of {share} of {Counted.Of(rows, "row")} leaves no row to train on; give it a smaller share.");
        }

        return count;
    }

    /// <summary>The number of rows of each class.</summary>
    static int[] ClassSizes(ReadOnlySpan<int> rows, ReadOnlySpan<int> classes)
    {
        if (classes.IsEmpty)
            return [rows.Length];
        int count = 1;
        foreach (int row in rows)
            count = Math.Max(count, classes[row] + 1);
        int[] sizes = new int[count];
        foreach (int row in rows)
            sizes[classes[row]]++;
        return sizes;
    }

    /// <summary>For each class the largest of the numbers whose rows are held out: as many as its share.</summary>
    static ulong[] LargestHeldOut(
        ReadOnlySpan<int> rows, ReadOnlySpan<int> classes, ReadOnlySpan<ulong> drawn, int[] sizes, int[] shares)
    {
        ulong[][] ofClass = [.. sizes.Select(static size => new ulong[size])];
        int[] counts = new int[sizes.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int index = classes.IsEmpty ? 0 : classes[rows[i]];
            ofClass[index][counts[index]++] = drawn[i];
        }

        return [.. ofClass.Select((keys, index) => shares[index] == 0 ? 0 : Selection.At(keys, shares[index] - 1))];
    }

    static bool IsAscending(ReadOnlySpan<int> rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] <= rows[i - 1])
                return false;
        }

        return true;
    }

    static void ThrowUnlessValid(ReadOnlySpan<int> ascending, ReadOnlySpan<int> classes)
    {
        for (int i = 0; i < ascending.Length; i++)
        {
            int row = ascending[i];
            if (row < 0)
                throw new ArgumentException($"Row {row} is negative; rows count from 0.");
            if (i > 0 && row == ascending[i - 1])
                throw new ArgumentException($"Row {row} is named twice.");
            if (!classes.IsEmpty && row >= classes.Length)
                throw new ArgumentException($"Row {row} has no class; there are {classes.Length}.");
            if (!classes.IsEmpty && classes[row] < 0)
                throw new ArgumentException($"The class of row {row} is {classes[row]}; classes count from 0.");
        }
    }
}
