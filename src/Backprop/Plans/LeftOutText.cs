namespace Backprop;

/// <summary>Says which columns are not learnt from, and why: one sentence for each, or for many of the same reason.</summary>
static class LeftOutText
{
    const int MostOneByOne = 3;
    const int Listed = 8;
    const int MostReasons = 20;

    /// <summary>
    /// The sentence for a table of which nothing is left: each column with its reason, and what takes it nevertheless.
    /// </summary>
    public static string NoneLeft(IReadOnlyCollection<LeftOutColumn> columns)
    {
        if (columns.Count == 0)
            return "No column is left to learn from: there is none but the target.";
        IEnumerable<string> reasons = columns.Take(MostReasons)
            .Select(column => $"'{column.Name}': {column.Reason}" + (column.WayOut is null ? "" : $" ({column.WayOut})"));
        return $"No column is left to learn from. {string.Join("; ", reasons)}"
            + (columns.Count > MostReasons ? $"; and {columns.Count - MostReasons} more." : ".");
    }

    public static IEnumerable<string> Sentences(IEnumerable<LeftOutColumn> columns)
    {
        foreach (IGrouping<string, LeftOutColumn> group in columns.GroupBy(column => column.Reason, StringComparer.Ordinal))
        {
            string[] names = [.. group.Select(column => column.Name)];
            if (names.Length <= MostOneByOne)
            {
                foreach (string name in names)
                    yield return $"Column '{name}' is left out: {group.Key}.";
                continue;
            }

            string more = names.Length > Listed ? ", …" : "";
            yield return $"{names.Length} columns are left out, each because {group.Key}: "
                + $"{string.Join(", ", names.Take(Listed))}{more}";
        }
    }
}
