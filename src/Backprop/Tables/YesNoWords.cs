using System.Collections.Frozen;

namespace Backprop;

/// <summary>The words for yes and no.</summary>
static class YesNoWords
{
    // What makes a column one of yes and no where nobody says so. More words here would change models that were trained.
    static readonly (string No, string Yes)[] s_pairs = [("no", "yes"), ("false", "true"), ("n", "y"), ("f", "t")];

    static readonly FrozenDictionary<string, bool> s_words = FrozenDictionary.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            .. Words(
                true, "yes", "y", "true", "t", "on", "1", "ja", "j", "wahr", "oui", "vrai", "si", "sí", "sì", "vero", "sim",
                "tak"),
            .. Words(
                false, "no", "n", "false", "f", "off", "0", "nein", "falsch", "nee", "nej", "non", "faux", "falso", "não", "nao",
                "nie"),
        ]);

    static readonly FrozenDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> s_wordsBySpan =
        s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Whether a text is one of the words that mean yes or no in a column that is known to be one of yes and no, in any case,
    /// and which side it is on. 1 and 0 may have a fraction of zeros.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out bool yes) =>
        s_wordsBySpan.TryGetValue(PlainDecimal.Of(text), out yes);

    /// <summary>
    /// Whether the texts are the two words of one pair that makes a column yes/no, both of them, in whatever spelling.
    /// </summary>
    public static bool IsPair(IReadOnlyCollection<string> texts)
    {
        foreach ((string no, string yes) in s_pairs)
        {
            int noes = texts.Count(text => text.Equals(no, StringComparison.OrdinalIgnoreCase));
            int yeses = texts.Count(text => text.Equals(yes, StringComparison.OrdinalIgnoreCase));
            if (noes > 0 && yeses > 0 && noes + yeses == texts.Count)
                return true;
        }

        return false;
    }

    static IEnumerable<KeyValuePair<string, bool>> Words(bool yes, params string[] words) =>
        words.Select(word => KeyValuePair.Create(word, yes));
}
