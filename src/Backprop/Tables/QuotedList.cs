namespace Backprop;

/// <summary>
/// Lists of names in one text, <c>a,b</c>: a name with a comma in it is quoted as in CSV, <c>"Length, cm",b</c>.
/// </summary>
static class QuotedList
{
    /// <summary>The parts of a text between its commas, trimmed, with their quotes.</summary>
    public static List<string> Split(string text)
    {
        var parts = new List<string>();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"' && text.AsSpan(start..i).IsWhiteSpace()
                && EndOfQuotes(text, i) is > 0 and var end)
            {
                i = end;
            }
            else if (i == text.Length || text[i] == ',')
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        return parts;
    }

    /// <summary>Whether a part begins with quotes that are closed.</summary>
    public static bool IsQuoted(string part) => part.Length > 1 && part[0] == '"' && EndOfQuotes(part, 0) > 0;

    /// <summary>A part without the quotes that it begins with: what stands in them, and what stands behind them.</summary>
    public static (string Name, string Behind) Unquote(string part)
    {
        if (!IsQuoted(part))
            return (part, "");
        int end = EndOfQuotes(part, 0);
        return (part[1..end].Replace("\"\"", "\"", StringComparison.Ordinal), part[(end + 1)..]);
    }

    /// <summary>
    /// Parts a text of the form <c>name=value,name=value</c>, whose names may hold commas and equals signs, quoted or not.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isValue">Whether a text is a value: a part that does not end with one goes on behind its comma.</param>
    /// <returns>Names and values; a value is null where there is none up to the end, and the name is then all that is
    /// left.</returns>
    public static IEnumerable<(string Name, string? Value)> Assignments(string text, Func<string, bool> isValue)
    {
        string pending = "";
        foreach (string part in Split(text))
        {
            string whole = pending + part;
            (string name, string rest) = Unquote(whole);
            string value = rest.TrimStart().StartsWith('=') ? rest.TrimStart()[1..].Trim() : "";
            if (rest.Length == 0)
            {
                int equals = name.LastIndexOf('=');
                (name, value) = equals < 1 ? (name, "") : (name[..equals].Trim(), name[(equals + 1)..].Trim());
            }

            pending = name.Length > 0 && isValue(value) ? "" : $"{whole}, ";
            if (pending.Length == 0)
                yield return (name, value);
        }

        if (pending.Length > 0)
            yield return (pending[..^2], null);
    }

    /// <summary>The place of the quote that closes one, or −1.</summary>
    static int EndOfQuotes(string text, int open)
    {
        for (int i = open + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
                continue;
            if (i + 1 == text.Length || text[i + 1] != '"')
                return i;
            i++;
        }

        return -1;
    }
}
