using System.Globalization;

namespace Backprop;

/// <summary>
/// Finds columns of texts that people would read as numbers: with a few words among them, or with units that differ.
/// </summary>
static class NumbersAsText
{
    const int FewestTexts = 5;
    const double LeastShare = 0.9;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        var used = new HashSet<string>(
            [.. plan.Inputs.Select(column => column.Name), .. plan.LeftOut.Select(column => column.Name)],
            StringComparer.Ordinal);

        // Few labels of a target, 1 to 5 and U, are classes; many are a number with words among them.
        used.UnionWith(plan.Targets.Where(target => plan.Table[target].Categories.Count > TaskOfTarget.MostNumericClasses));
        foreach (Column column in plan.Table.Columns.Where(column => used.Contains(column.Name) && !column.IsKindGiven))
        {
            string[] texts = [.. column.SampleTexts];
            var evidence = NumberEvidence.Of(texts);
            if (texts.Length < FewestTexts || evidence.Numbers == 0 || evidence is { Code: not null, IsWhole: true, Others: 0 })
                continue;
            (long numbers, long others) = column.NumberCells is (0, 0) ? (evidence.Numbers, evidence.Others) : column.NumberCells;
            double share = numbers / (double)(numbers + others);
            if (Words(texts) is [_, ..] words)
            {
                string list = string.Join(" and ", words.Select(word => CsvContext.Quoted(word)));
                yield return Warning(
                    column, share, $"are numbers, the others are {list}; {MissingTokens.Advice(words)} takes those for missing.");
            }
            else if (evidence.OtherUnit.Line > 0 && share >= LeastShare)
            {
                yield return Warning(
                    column, share,
                    $"are numbers with units that differ, such as {CsvContext.Quoted(evidence.Conflict.First)} and "
                    + $"{CsvContext.Quoted(evidence.OtherUnit.Text)}; write them with one unit, or without, to have them read as "
                    + "numbers.");
            }
            else if (evidence.IsOnlyNumbers && !plan.Targets.Contains(column.Name, StringComparer.Ordinal))
            {
                yield return Warning(
                    column,
                    share,
                    $"are numbers, such as {CsvContext.Quoted(texts[0])}, but were given as texts; give them as numbers.");
            }
        }
    }

    static DataWarning Warning(Column column, double share, string rest) => new(
        DataWarningKind.NumbersAsText, column.Name, share,
        string.Create(CultureInfo.InvariantCulture, $"{share:P0} of the cells in column '{column.Name}' ") + rest);

    /// <summary>A few texts among many numbers.</summary>
    static string[] Words(string[] texts)
    {
        const int Most = 3;
        string[] words = [.. texts.Where(static text => !NumberEvidence.IsNumber(text)).Take(Most + 1)];
        return words.Length <= Most && words.Length * 4 < texts.Length ? words : [];
    }
}
