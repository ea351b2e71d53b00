using Backprop.Engine;

namespace Backprop;

/// <summary>How many rows each class gives to the part that is held out.</summary>
static class ClassShares
{
    /// <summary>
    /// Deals a number of rows out to classes in proportion to their sizes by the method of the largest remainder, in whole
    /// numbers throughout. Every class keeps a row, and only if that is impossible, single rows are given away.
    /// </summary>
    /// <param name="sizes">The rows of each class.</param>
    /// <param name="heldOut">The rows to hold out of all, fewer than there are.</param>
    /// <exception cref="BackpropException">A class of two or more rows would have to give all of them.</exception>
    public static int[] Of(int[] sizes, int heldOut)
    {
        long rows = sizes.Sum(static size => (long)size);
        int[] shares = [.. sizes.Select(size => (int)((long)heldOut * size / rows))];
        int[] byRemainder =
        [
            .. Enumerable.Range(0, sizes.Length)
                .Where(i => sizes[i] > 0)
                .OrderByDescending(i => (long)heldOut * sizes[i] % rows)
                .ThenBy(static i => i),
        ];

        int left = heldOut - shares.Sum();
        left = Deal(byRemainder, left, i => shares[i] < sizes[i] - 1, shares);
        left = Deal(byRemainder, left, i => sizes[i] == 1 && shares[i] == 0, shares);
        return left == 0
            ? shares
            : throw new BackpropException(
                $"Holding out {heldOut} of {Counted.Of(rows, "row")} leaves no row to train on for one of {byRemainder.Length} "
                + "classes; hold out a smaller share.");
    }

    /// <summary>Gives one row at a time to the classes that may take one, in turn; returns what is left.</summary>
    static int Deal(int[] order, int left, Func<int, bool> mayTake, int[] shares)
    {
        bool isDealing = true;
        while (left > 0 && isDealing)
        {
            isDealing = false;
            foreach (int i in order)
            {
                if (left > 0 && mayTake(i))
                {
                    shares[i]++;
                    left--;
                    isDealing = true;
                }
            }
        }

        return left;
    }
}
