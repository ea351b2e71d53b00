namespace Backprop;

/// <summary>
/// The texts that an encoder knows, by every way to write them that leaves no doubt: yes and no in all their words, and a number
/// with and without zeros at the end of its fraction, since programs write 12 as 12.0 in a column where cells are missing.
/// </summary>
sealed class KnownTexts
{
    readonly HashSet<string> _texts;
    readonly YesNo? _yesNo;

    // By number without zeros at the end; null where two texts are the same number.
    Dictionary<string, string?>? _byNumber;

    /// <summary>The texts of an encoder that takes texts.</summary>
    public KnownTexts(ColumnEncoder encoder)
    {
        _yesNo = encoder.Operations[0] as YesNo;
        _texts = new HashSet<string>(encoder.Operations[0].Texts!.Value, StringComparer.Ordinal);
    }

    /// <summary>The encoder's text that says what a text says, or null where training saw none.</summary>
    public string? Find(string text)
    {
        if (_texts.Contains(text))
            return text;
        if (_yesNo is not null)
            return YesNoWords.TryParse(text, out bool yes) ? (yes ? _yesNo.Yes : _yesNo.No).FirstOrDefault() : null;
        return (_byNumber ??= ByNumber()).GetValueOrDefault(PlainDecimal.Of(text).ToString());
    }

    Dictionary<string, string?> ByNumber()
    {
        var byNumber = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string text in _texts)
        {
            string number = PlainDecimal.Of(text).ToString();
            byNumber[number] = byNumber.ContainsKey(number) ? null : text;
        }

        return byNumber;
    }
}
