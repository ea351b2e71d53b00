using System.Globalization;

namespace Backprop.Cli;

/// <summary>Rows as people count them, from 1: <c>7</c>, <c>1,5,9</c>, <c>3-8</c>.</summary>
static class RowNumbers
{
    /// <summary>The rows counted from 0, in the order given.</summary>
    /// <exception cref="BackpropException">The text is no such list, or a row is not one of the table's.</exception>
    public static int[] Parse(IEnumerable<string> texts, int count)
    {
        var rows = new List<int>();
        foreach (string part in Lists.Split(texts))
        {
            string[] ends = part.Split('-', '–');
            if (ends.Length > 2 || !ends.All(end => end.Trim().Length > 0 && end.Trim().All(char.IsAsciiDigit)))
                throw new BackpropException($"--row takes row numbers such as 7, 1,5,9 or 3-8, not '{part}'.");

            int first = Row(ends[0], count), last = Row(ends[^1], count);
            if (last < first)
                throw new BackpropException($"The rows {part} of --row run backwards; write {last}-{first}.");
            rows.AddRange(Enumerable.Range(first - 1, last - first + 1));
        }

        if (rows.Count == 0)
            throw new BackpropException("--row names no row; write a row number such as --row 7.");
        return rows.GroupBy(row => row).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new BackpropException($"--row names row {twice.Key + 1} twice.")
            : [.. rows];
    }

    static int Row(string text, int count) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int row) && row >= 1 && row <= count
            ? row
            : throw new BackpropException(
                $"There is no row {text.Trim()}; rows count from 1 to {count}, the first below the header.");
}
