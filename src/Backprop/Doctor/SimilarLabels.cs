using System.Text;

namespace Backprop;

/// <summary>
/// Finds labels that differ only in capital letters, blanks or the form of Unicode: most often one thing written in two ways.
/// </summary>
static class SimilarLabels
{
    const int Listed = 3;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        IEnumerable<Column> columns = plan.Inputs.Where(column => column.Kind == ColumnKind.Category);
        if (plan.Task == TaskKind.Classify)
            columns = columns.Append(ClassColumn.Of(plan.Table, plan.Targets[0]));
        foreach (Column column in columns)
        {
            string[][] groups =
            [
                .. column.Categories.GroupBy(Folded, StringComparer.Ordinal).Where(group => group.Skip(1).Any())
                    .Select(group => group.Order(StringComparer.Ordinal).ToArray()),
            ];
            if (groups.Length == 0)
                continue;
            string pairs = string.Join("; ", groups.Take(Listed).Select(group => string.Join(" and ", group.Select(Shown))));
            string differences = string.Join(
                " or ", groups.Select(group => Difference(group[0], group[1])).Distinct(StringComparer.Ordinal));
            string more = groups.Length > Listed ? $" and {groups.Length - Listed} more" : "";
            yield return new DataWarning(
                DataWarningKind.SimilarLabels, column.Name, groups.Length,
                $"Column '{column.Name}' has labels that differ only in {differences}: {pairs}{more}; they are "
                + "taken for different ones, so write them alike if they are not.");
        }
    }

    static string Difference(string one, string other)
    {
        (one, other) = (one.ToLowerInvariant(), other.ToLowerInvariant());
        if (string.Equals(one, other, StringComparison.Ordinal))
            return "capital letters";
        return string.Equals(LetterForms.WithoutBlanks(one), LetterForms.WithoutBlanks(other), StringComparison.Ordinal)
            ? "blanks" : "the form of their Unicode";
    }

    static string Folded(string label) => LetterForms.WithoutBlanks(LetterForms.Apart(label)).ToLowerInvariant();

    /// <summary>In quotation marks, with a code for what does not show.</summary>
    static string Shown(string label)
    {
        var text = new StringBuilder("'");
        foreach (Rune rune in label.EnumerateRunes())
        {
            bool isShown = rune.Value == ' ' || Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune);
            text.Append(isShown ? rune.ToString() : $"\\u{rune.Value:x4}");
        }

        return text.Append('\'').ToString();
    }
}
