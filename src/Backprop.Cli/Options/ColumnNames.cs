namespace Backprop.Cli;

/// <summary>
/// Names of columns as flags write them: <c>a,b</c>, or one for each flag. A name that holds a comma is quoted, or written as it
/// is where the columns leave no doubt.
/// </summary>
static class ColumnNames
{
    /// <summary>The names in some texts. One that no column has stays as it is written.</summary>
    /// <param name="texts">The flag's values.</param>
    /// <param name="known">The columns that there are.</param>
    public static string[] Parse(IEnumerable<string>? texts, IReadOnlyCollection<string> known) =>
        [.. (texts ?? []).SelectMany(text => Parse(text, known))];

    /// <summary>One name, which may be quoted.</summary>
    /// <inheritdoc cref="Parse(IEnumerable{string}?, IReadOnlyCollection{string})"/>
    public static string One(string text, IReadOnlyCollection<string> known)
    {
        if (known.Contains(text, StringComparer.Ordinal))
            return text;
        (string name, string rest) = QuotedList.Unquote(text.Trim());
        if (rest.Length == 0 && known.Contains(name, StringComparer.Ordinal))
            return name;

        // What looks the same may be composed in another way, and nobody can type the difference.
        string[] same = [.. known.Where(other => ComposedText.Of(other) == ComposedText.Of(name))];
        return same.Length == 1 ? same[0] : rest.Length == 0 ? name : text;
    }

    static IEnumerable<string> Parse(string text, IReadOnlyCollection<string> known)
    {
        if (known.Contains(text, StringComparer.Ordinal))
            return [text];
        List<string> parts = [.. QuotedList.Split(text).Where(part => part.Length > 0)];
        if (parts.Count < 2 || parts.All(part => known.Contains(One(part, known), StringComparer.Ordinal)))
            return parts.Select(part => One(part, known));
        List<List<string>> ways = Ways(parts, 0, known);
        return ways.Count switch
        {
            1 => ways[0],
            0 => parts.Select(part => One(part, known)),
            _ => throw new BackpropException(
                $"'{text}' can be "
                + $"{string.Join(" or ", ways.Take(2).Select(way => string.Join(" and ", way.Select(name => $"'{name}'"))))}; "
                + "quote names that hold a comma: '\"a, b\",c'."),
        };
    }

    /// <summary>The ways in which parts beside each other make names that there are; two are enough.</summary>
    static List<List<string>> Ways(List<string> parts, int first, IReadOnlyCollection<string> known)
    {
        if (first == parts.Count)
            return [[]];
        var ways = new List<List<string>>();
        for (int end = first + 1; end <= parts.Count && ways.Count < 2; end++)
        {
            if (NameOf(parts[first..end], known) is not { } name)
                continue;
            foreach (List<string> rest in Ways(parts, end, known))
                ways.Add([name, .. rest]);
        }

        return ways;
    }

    static string? NameOf(List<string> parts, IReadOnlyCollection<string> known) =>
        known.FirstOrDefault(name => name.Split(',').Select(part => part.Trim()).SequenceEqual(parts, StringComparer.Ordinal))
        ?? (parts.Count == 1 && One(parts[0], known) is var one && known.Contains(one, StringComparer.Ordinal) ? one : null);
}
