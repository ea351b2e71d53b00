using System.Globalization;
using System.Text.RegularExpressions;

namespace Backprop;

/// <summary>Tells texts that are no delimited table by how they begin.</summary>
static partial class TextFormats
{
    const int Start = 4096;
    const string AsCsv = "export it as CSV";

    static readonly string[] s_sqlWords = ["create ", "insert ", "drop ", "begin ", "pragma ", "set ", "use ", "copy "];

    /// <summary>What a text is that begins so, and what to do about it; null for what may be a table.</summary>
    /// <param name="text">The beginning of the file.</param>
    public static (string Name, string Advice)? Recognise(ReadOnlySpan<char> text)
    {
        string start = text[..Math.Min(text.Length, Start)].TrimStart().TrimStart('\uFEFF').ToString();
        return start switch
        {
            ['{' or '[', ..] => OfBracket(start),
            ['<', ..] => OfTag(start),
            ['@' or '%', ..] when Arff().IsMatch(start) => ("ARFF (Weka)",
                $"{AsCsv}, in Python: scipy.io.arff.loadarff, then pandas.DataFrame(…).to_csv"),
            ['+' or '-' or (>= '0' and <= '9'), ..] when IsIndexed(start) => ("LIBSVM (label index:value …)",
                $"{AsCsv}, in Python: sklearn.datasets.load_svmlight_file"),
            _ => OfWord(start),
        };
    }

    static (string Name, string Advice)? OfBracket(string start)
    {
        if (start.StartsWith(@"{\rtf", StringComparison.Ordinal))
            return ("an RTF document", "save the table in it as CSV");
        if (JsonLines().IsMatch(start))
            return ("JSON lines", $"{AsCsv}, in Python: pandas.read_json(FILE, lines=True).to_csv(FILE, index=False)");
        return Json().IsMatch(start)
            ? ("JSON", $"{AsCsv}, in Python: pandas.read_json(FILE).to_csv(FILE, index=False)")
            : null;
    }

    static (string Name, string Advice)? OfTag(string start)
    {
        if (!Tag().IsMatch(start))
            return null;
        if (Html().IsMatch(start))
            return ("a web page, not the file that it shows",
                "download the file itself (\"raw\"), or save the page's table as CSV");
        if (start.Contains("Excel.Sheet", StringComparison.Ordinal)
            || start.Contains("office:spreadsheet", StringComparison.Ordinal))
        {
            return ("an Excel workbook as XML", "save the sheet as CSV");
        }

        if (start.StartsWith("<stata_dta>", StringComparison.Ordinal))
            return ("a Stata file", $"{AsCsv}, in Python: pandas.read_stata(FILE).to_csv(FILE, index=False)");
        return ("XML", $"{AsCsv}, in Python: pandas.read_xml(FILE).to_csv(FILE, index=False)");
    }

    static (string Name, string Advice)? OfWord(string start)
    {
        if (start.StartsWith("version https://git-lfs", StringComparison.Ordinal))
            return ("a Git LFS pointer, not the file that it stands for", "fetch it: git lfs pull");
        if (start.StartsWith("HEADER RECORD*******", StringComparison.Ordinal))
            return ("a SAS transport file",
                $"{AsCsv}, in Python: pandas.read_sas(FILE, format=\"xport\").to_csv(FILE, index=False)");
        if (MayBeSql(start) && Sql().IsMatch(start))
            return ("SQL, not a table", "load it into its database and export the table as CSV");
        if (start is ['-' or '%', ..] && Yaml().IsMatch(start))
            return ("YAML", AsCsv);
        bool isDrawn = start is ['┌' or '╔' or '┏', ..]
            || (start.Contains("-+-", StringComparison.Ordinal) && Drawn().IsMatch(start));
        return isDrawn ? ("a table drawn with lines, as a terminal shows one", $"{AsCsv} instead, such as psql --csv") : null;
    }

    // Patterns take time to set up, so they are asked about few texts only.
    static bool MayBeSql(string start) =>
        start[..Math.Min(start.Length, 1)] is "-" or "/"
        || s_sqlWords.Any(word => start.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether each of the first lines is a label and then numbers with the indices that they belong to.</summary>
    static bool IsIndexed(string start)
    {
        const int Looked = 5;
        string[] lines = start.Split('\n', Looked + 1, StringSplitOptions.TrimEntries);
        string[] whole = lines.Length > Looked
            ? lines[..Looked]
            : start.Length < Start ? lines : lines[..Math.Max(1, lines.Length - 1)];
        bool isAny = false;
        foreach (string line in whole.Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            isAny |= parts.Length > 1;
            bool isIndexed = IsNumber(parts[0]) && parts.Skip(1).TakeWhile(part => part[0] != '#').All(part =>
                part.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && IsIndex(part[..colon])
                    && IsNumber(part[(colon + 1)..]));
            if (!isIndexed && (line != whole[^1] || whole.Length == 1))
                return false;
        }

        return isAny;
    }

    static bool IsIndex(string text) => text is "qid" || text.All(char.IsAsciiDigit);

    static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    [GeneratedRegex(@"^(%[^\n]*\s+)*@relation\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Arff();

    [GeneratedRegex(@"^(\{\s*(""|\})|\[\s*[\[\{""\]\d\-])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Json();

    [GeneratedRegex(@"^\{\s*""[^\n]*\}\s*\n\s*\{", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonLines();

    [GeneratedRegex(@"^<([!?]|[A-Za-z][\w:.\-]*(\s+[\w:.\-]+\s*=|\s*/?>))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(
        @"^(<!--.*?-->\s*|<\?xml[^>]*>\s*)*(<!doctype\s+html|<(html|head|body|table|div|title|meta|script|p|pre)\b)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Html();

    [GeneratedRegex(
        @"^(--[^\n]*\s+|/\*.*?\*/;?\s*)*(create\s+(table|database|schema)\s|insert\s+into\s|drop\s+table\s"
        + @"|begin\s+transaction\s*;|pragma\s+\w+\s*=|set\s+@?\w+\s*=[^\n]*;|use\s+`?\w+`?\s*;"
        + @"|copy\s+\S+\s*\([^)]*\)\s+from\s)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Sql();

    [GeneratedRegex(@"^(%YAML|---\s*\r?\n|-\s+\w+:\s[^\n]*\n\s+\w+:\s)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"^(\+[\-=]+(\+[\-=]+)*\+\s*\n|[^\n]*\|[^\n]*\n\s*-+(\+-+)+\s*\n)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Drawn();
}
