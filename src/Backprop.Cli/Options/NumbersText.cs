namespace Backprop.Cli;

/// <summary>How columns write their numbers, as the command line says it: <c>price=1.234,5</c>, one for each flag.</summary>
static class NumbersText
{
    public static Dictionary<string, NumberFormat> Parse(IEnumerable<string> texts, IReadOnlyCollection<string> known)
    {
        var formats = new Dictionary<string, NumberFormat>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.LastIndexOf('=');
            if (equals < 1)
                throw new BackpropException(
                    $"'{text}' in --numbers is not of the form column=1234.5, written as the column does.");
            formats[ColumnNames.One(text[..equals].Trim(), known)] = NumberFormat.Parse(text[(equals + 1)..].Trim());
        }

        return formats;
    }
}
