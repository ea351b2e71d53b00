namespace Backprop;

/// <summary>
/// Decimal numbers as text without what says nothing: 12.0 and 12.00 are 12, 1.50 is 1.5. All other texts stay.
/// </summary>
static class PlainDecimal
{
    /// <summary>The text without the zeros at the end of its fraction.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text)
    {
        int point = text.IndexOf('.');
        if (point < 1 || text[^1] != '0')
            return text;
        ReadOnlySpan<char> whole = text[0] == '-' ? text[1..point] : text[..point], fraction = text[(point + 1)..];
        return whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9')
            ? text
            : text.TrimEnd('0').TrimEnd('.');
    }
}
