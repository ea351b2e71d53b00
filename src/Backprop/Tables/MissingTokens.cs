namespace Backprop;

/// <summary>
/// The texts that mean "missing". Nearly all cells are none, so that is found out from their first and last characters: some
/// tokens begin as numbers do.
/// </summary>
sealed class MissingTokens
{
    /// <summary>All that are not of ASCII count as the first of them, which is in no text.</summary>
    const int CharactersKnown = 128;

    readonly string[] _tokens;
    readonly double[] _numbers;
    readonly bool[] _first = new bool[CharactersKnown];
    readonly bool[] _last = new bool[CharactersKnown];

    public MissingTokens(IEnumerable<string> tokens)
    {
        _tokens = [.. tokens.Select(static token => token.Trim()).Where(static token => token.Length > 0)];
        _numbers = [.. _tokens.Select(Number).Where(double.IsFinite)];
        foreach (string token in _tokens)
            (_first[Known(token[0])], _last[Known(token[^1])]) = (true, true);

        // What is the same number may be written in another way.
        if (_numbers.Length > 0)
            Array.Fill(_last, true);
    }

    /// <summary>Whether a token may look like a number, as −999 does.</summary>
    public bool MayBeNumbers => _tokens.Any(static token => IsPlain(token, '.') || IsPlain(token, ','));

    /// <summary>The flag that adds texts.</summary>
    public static string Advice(params IEnumerable<string> texts) =>
        $"--missing {FlagText.Added(texts.Select(static text => CsvContext.Quoted(text)[1..^1]))}";

    static bool IsPlain(string token, char decimalSign) =>
        NumberText.ReadPlain(token, 0, decimalSign, out _) == token.Length;

    /// <summary>Whether a trimmed cell is missing: it is empty, a token, or the number that a token is.</summary>
    public bool Contains(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
            return true;
        if (!_first[Known(cell[0])] || !_last[Known(cell[^1])])
            return false;
        foreach (string token in _tokens)
        {
            if (cell.SequenceEqual(token))
                return true;
        }

        // -999 means -999.0 too, as it does to pandas; a code such as 0999 is another text.
        return _numbers.Length > 0 && !NumberText.IsCode(cell)
            && NumberText.Parse(cell, '.', out double value) == NumberSyntax.Finite
            && _numbers.AsSpan().Contains(value);
    }

    static int Known(char c) => c < CharactersKnown ? c : 0;

    static double Number(string token) =>
        NumberText.Parse(token, '.', out double value) == NumberSyntax.Finite ? value : double.NaN;
}
