namespace Backprop;

/// <summary>Names for columns that are written beside predictions: never one that is there already.</summary>
static class KeptNames
{
    /// <summary>
    /// Each kept column once with the name it is written by: its own, or that with <c> (input)</c> where a prediction has it, as
    /// for inputs of the model file.
    /// </summary>
    /// <param name="keep">The columns to keep.</param>
    /// <param name="taken">The names of what is predicted.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(IEnumerable<string> keep, IEnumerable<string> taken)
    {
        string[] columns = [.. keep.Distinct(StringComparer.Ordinal)];
        var predicted = new HashSet<string>(taken, StringComparer.Ordinal);
        var names = new HashSet<string>(predicted, StringComparer.Ordinal);
        names.UnionWith(columns);
        var kept = new List<KeyValuePair<string, string>>(columns.Length);
        foreach (string column in columns)
        {
            string name = column;
            while (predicted.Contains(column) && !names.Add(name))
                name += " (input)";
            kept.Add(KeyValuePair.Create(column, name));
        }

        return kept;
    }
}
