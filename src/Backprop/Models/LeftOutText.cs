namespace Backprop;

/// <summary>Says which columns are not learnt from, and why: one sentence for each, or for many of the same reason.</summary>
static class LeftOutText
{
    const int MostOneByOne = 3;
    const int Listed = 8;

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
