namespace Backprop.Engine;

/// <summary>
/// The names of one kind of thing, and the words that people bring for them from other tools. Case, hyphens, underscores and
/// blanks count for nothing; a word is a synonym only where it means the same formula, and one that elsewhere means another, or
/// one of two, is refused with the reason.
/// </summary>
sealed class Vocabulary
{
    readonly (string Word, string Name)[] _synonyms;
    readonly (string Word, string Why)[] _refused;

    /// <summary>A vocabulary.</summary>
    /// <param name="kind">What it names, for messages: "activation", "optimizer".</param>
    /// <param name="names">The names.</param>
    /// <param name="synonyms">Other words, in lower case and without hyphens, and the names that they stand for.</param>
    /// <param name="refused">Words that are no name, and what to say of them.</param>
    public Vocabulary(
        string kind, IReadOnlyList<string> names, (string Word, string Name)[] synonyms, (string Word, string Why)[] refused) =>
        (Kind, Names, _synonyms, _refused) = (kind, names, synonyms, refused);

    /// <summary>What it names.</summary>
    public string Kind { get; }

    /// <summary>The names, as recipes write them.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The name that a word stands for; the word as it is where it stands for none.</summary>
    /// <exception cref="ArgumentException">The word means something else elsewhere, or one of two; the message says
    /// what.</exception>
    public string Name(string word)
    {
        if (Names.Contains(word, StringComparer.Ordinal))
            return word;
        string letters = Letters(word);
        foreach (string name in Names)
        {
            if (Letters(name) == letters)
                return name;
        }

        foreach ((string known, string name) in _synonyms)
        {
            if (known == letters)
                return name;
        }

        foreach ((string known, string why) in _refused)
        {
            if (known == letters)
                throw new ArgumentException($"There is no {Kind} '{word}': {why}");
        }

        return word;
    }

    /// <summary>A text of the grammar <c>name:key=number</c> with the name as recipes write it.</summary>
    /// <exception cref="ArgumentException">As <see cref="Name"/> throws.</exception>
    public string NameIn(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Name(text.Trim()) : Name(text[..colon].Trim()) + text[colon..];
    }

    /// <summary>A word without case and what parts its letters.</summary>
    public static string Letters(string word) => string.Concat(word.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
