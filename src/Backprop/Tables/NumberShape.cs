using System.Buffers;
using System.Globalization;

namespace Backprop;

/// <summary>A cell that people read as a number, taken apart: sign, unit or currency, digits.</summary>
readonly ref struct NumberShape
{
    const char Minus = '\u2212';

    // A letter behind the digits may name a variant (1A, 2B), so only these are units.
    static readonly SearchValues<char> s_letters = SearchValues.Create("mgshVWLlKkM°%‰");

    static readonly SearchValues<string> s_currencies = SearchValues.Create(
        [
            "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "BRL",
            "MXN", "ZAR", "RUB", "TRY", "SGD", "HKD", "KRW", "US$", "R$", "C$", "A$", "Rs", "Rs.", "kr", "kr.", "Fr.", "zł", "Kč",
        ],
        StringComparison.OrdinalIgnoreCase);

    static readonly SearchValues<char> s_core = SearchValues.Create("0123456789.,'\u2019 \u00A0\u2007\u2009\u202FeE+-");

    NumberShape(
        ReadOnlySpan<char> before, ReadOnlySpan<char> core, ReadOnlySpan<char> after, bool hasSign, bool isNegative,
        char? noFraction)
    {
        NoFraction = noFraction;
        Before = before;
        Core = core;
        After = after;
        (HasSign, IsNegative) = (hasSign, isNegative);
    }

    /// <summary>The currency before the digits, or nothing.</summary>
    public ReadOnlySpan<char> Before { get; }

    /// <summary>The digits with what stands between them.</summary>
    public ReadOnlySpan<char> Core { get; }

    /// <summary>The unit behind the digits, or nothing.</summary>
    public ReadOnlySpan<char> After { get; }

    /// <summary>The decimal sign of a dash in the place of a fraction, as in 1005.- and 1.100,-; null without one.</summary>
    public char? NoFraction { get; }

    /// <summary>Whether it has a plus, a minus or brackets.</summary>
    public bool HasSign { get; }

    /// <summary>Whether it has a minus or brackets.</summary>
    public bool IsNegative { get; }

    /// <summary>Takes a trimmed cell apart, if it is digits and what may stand before, between and behind them.</summary>
    public static bool TryRead(ReadOnlySpan<char> cell, out NumberShape shape)
    {
        const int Longest = 100;
        shape = default;
        int first = cell.IndexOfAnyInRange('0', '9');
        if (first < 0 || cell.Length > Longest)
            return false;
        int last = cell.LastIndexOfAnyInRange('0', '9');
        if (first > 0 && cell[first - 1] is '.' or ',' && (first == 1 || !char.IsLetterOrDigit(cell[first - 2])))
            first--;
        ReadOnlySpan<char> core = cell[first..(last + 1)];
        if (core.IndexOfAnyExcept(s_core) >= 0
            || (core.IndexOfAny('+', '-') is > 0 and var sign && core[sign - 1] is not ('e' or 'E')))
        {
            return false;
        }

        ReadOnlySpan<char> before = cell[..first].TrimEnd(), after = cell[(last + 1)..];
        char? noFraction = after is ['.' or ',', '-' or '\u2013' or '\u2014', ..] ? after[0] : null;
        after = noFraction is null ? after : after[2..];
        if (!TakeSigns(ref before, ref after, out bool hasSign, out bool isNegative))
            return false;
        bool isApart = after is [var blank, ..] && char.IsWhiteSpace(blank);
        after = after.Trim();
        if (!IsCurrency(before, mayBeEmpty: true) || !IsUnit(after, isApart) || (before.Length > 0 && after.Length > 0))
            return false;
        shape = new NumberShape(before, core, after, hasSign, isNegative, noFraction);
        return true;
    }

    /// <summary>
    /// Takes brackets and a sign off, which may stand before the currency or behind it; of both there is one at most.
    /// </summary>
    static bool TakeSigns(ref ReadOnlySpan<char> before, ref ReadOnlySpan<char> after, out bool hasSign, out bool isNegative)
    {
        (hasSign, isNegative) = (false, false);
        if (before.Contains('('))
        {
            if (!TakeEnd(ref before, '(') || after.TrimEnd() is not [.. var inside, ')'] || inside.Contains(')'))
                return false;
            after = inside.TrimEnd();
            (hasSign, isNegative) = (true, true);
        }

        // Some programs write a minus behind the digits.
        if (after is ['-' or Minus, ..] && !hasSign)
        {
            after = after[1..];
            (hasSign, isNegative) = (true, true);
        }

        foreach (char sign in (ReadOnlySpan<char>)['-', Minus, '+'])
        {
            if (before.Contains(sign))
            {
                if (hasSign || !TakeEnd(ref before, sign))
                    return false;
                (hasSign, isNegative) = (true, sign != '+');
            }
        }

        return true;
    }

    /// <summary>Takes a character off the beginning or the end of a text.</summary>
    static bool TakeEnd(ref ReadOnlySpan<char> text, char wanted)
    {
        bool isFirst = text[0] == wanted, isLast = text[^1] == wanted;
        text = isFirst ? text[1..].Trim() : isLast ? text[..^1].Trim() : text;
        return isFirst || isLast;
    }

    static bool IsCurrency(ReadOnlySpan<char> text, bool mayBeEmpty)
    {
        const int Longest = 4;
        if (text.IsEmpty)
            return mayBeEmpty;
        if (text.Length > Longest)
            return false;
        return s_currencies.Contains(text.ToString())
            || (text.Length == 1 && char.GetUnicodeCategory(text[0]) == UnicodeCategory.CurrencySymbol);
    }

    /// <summary>
    /// A unit that stands apart is a word or two; one that does not is a known letter, or two letters at least.
    /// </summary>
    static bool IsUnit(ReadOnlySpan<char> text, bool isApart)
    {
        const int Longest = 16;
        if (text.IsEmpty || IsCurrency(text, mayBeEmpty: false))
            return true;
        if (text.Length == 1 && !isApart)
            return s_letters.Contains(text[0]);
        if (text.Length > Longest || text is ['e' or 'E', ..] and { Length: 1 }
            || !(char.IsLetter(text[0]) || s_letters.Contains(text[0])))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsLetter(c) && c is not ('/' or '.' or '°' or '%' or '²' or '³' or '·' or ' ' or '^'))
                return false;
        }

        return true;
    }
}
