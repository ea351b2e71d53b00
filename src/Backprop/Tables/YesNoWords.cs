namespace Backprop;

/// <summary>The words that a yes/no column is made of.</summary>
static class YesNoWords
{
    static readonly (string No, string Yes)[] s_pairs = [("no", "yes"), ("false", "true"), ("n", "y"), ("f", "t")];

    /// <summary>Whether a text is one of the words, in any case, and which side it is on.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out bool yes)
    {
        yes = false;
        foreach ((string no, string affirmative) in s_pairs)
        {
            yes = text.Equals(affirmative, StringComparison.OrdinalIgnoreCase);
            if (yes || text.Equals(no, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether the texts are the two words of one pair, both of them, in whatever spelling.</summary>
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
}
