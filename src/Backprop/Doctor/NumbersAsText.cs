using System.Buffers;
using System.Globalization;

namespace Backprop;

/// <summary>Finds columns of texts that people would read as numbers: 3,5 and 1,250.00 and $12 and 40 %.</summary>
static class NumbersAsText
{
    const int FewestTexts = 5;
    const double LeastShare = 0.9;

    static readonly SearchValues<char> s_signs = SearchValues.Create("$€£¥%");

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        var used = new HashSet<string>(
            [.. plan.Inputs.Select(column => column.Name), .. plan.Targets, .. plan.LeftOut.Select(column => column.Name)],
            StringComparer.Ordinal);
        foreach (Column column in plan.Table.Columns.Where(column => used.Contains(column.Name)))
        {
            IReadOnlyList<string> texts = column.SampleTexts;
            if (texts.Count < FewestTexts)
                continue;
            if (Words(texts) is [_, ..] words)
            {
                yield return Warning(
                    column, Share(texts, IsPlainNumber), texts, "are numbers",
                    $"--missing {string.Join(",", words)} takes the rest for missing");
            }
            else if (Share(texts, IsCommaNumber) is >= LeastShare and var commas)
            {
                yield return Warning(column, commas, texts, "are numbers with a decimal comma", "--decimal , reads them as numbers");
            }
            else if (Share(texts, IsDressedNumber) is >= LeastShare and var dressed)
            {
                yield return Warning(
                    column, dressed, texts, "are numbers with separators or signs", "write them as plain numbers, or leave the column out "
                    + $"with --ignore {column.Name}");
            }
        }
    }

    static DataWarning Warning(Column column, double share, IReadOnlyList<string> texts, string what, string advice) => new(
        DataWarningKind.NumbersAsText, column.Name, share,
        string.Create(CultureInfo.InvariantCulture, $"{share:P0} of the texts in column '{column.Name}' {what}, such as ")
        + $"{CsvContext.Quoted(texts[0])}; {advice}.");

    /// <summary>A few texts among many numbers.</summary>
    static string[] Words(IReadOnlyList<string> texts)
    {
        const int Most = 3;
        string[] words = [.. texts.Where(text => !IsPlainNumber(text)).Take(Most + 1)];
        return words.Length <= Most && words.Length * 4 < texts.Count ? words : [];
    }

    static double Share(IReadOnlyList<string> texts, Func<string, bool> isOne) => texts.Count(isOne) / (double)texts.Count;

    static bool IsPlainNumber(string text) => NumberText.Parse(text, '.', out _) == NumberSyntax.Finite;

    static bool IsCommaNumber(string text) => NumberText.Parse(text, ',', out _) == NumberSyntax.Finite;

    static bool IsDressedNumber(string text)
    {
        string bare = string.Concat(text.Where(letter => !s_signs.Contains(letter) && !char.IsWhiteSpace(letter) && letter is not ('\'' or '_')));
        return IsPlainNumber(bare) || HasThousands(bare, ',', '.') || HasThousands(bare, '.', ',');
    }

    /// <summary>1,234,567.8: groups of three digits after the first.</summary>
    static bool HasThousands(string text, char separator, char decimalSign)
    {
        string[] groups = text.Split(decimalSign, 2)[0].Split(separator);
        return groups.Length > 1 && groups.Skip(1).All(group => group.Length == 3)
            && NumberText.Parse(text.Replace(separator.ToString(), "", StringComparison.Ordinal), decimalSign, out _) == NumberSyntax.Finite;
    }
}
