using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>
/// The built-in values of one kind, in the order in which people are shown them: the one list of their names, and of the
/// parameters, defaults and limits of each. Whatever reads a name, offers names or runs over all of them asks here.
/// </summary>
sealed class Family<TValue>
{
    readonly (string Name, Func<Specification, TValue> Make)[] _known;

    /// <summary>A family.</summary>
    /// <param name="kind">What it is of, for messages: "activation", "optimizer".</param>
    /// <param name="known">Each name, and how its value is made of parameters.</param>
    /// <param name="synonyms">Other words for them, see <see cref="Vocabulary"/>.</param>
    /// <param name="refused">Words that mean something else elsewhere.</param>
    public Family(
        string kind, (string Name, Func<Specification, TValue> Make)[] known, (string Word, string Name)[] synonyms,
        (string Word, string Why)[] refused)
    {
        _known = known;
        Words = new Vocabulary(kind, [.. known.Select(one => one.Name)], synonyms, refused);
    }

    /// <summary>The names and the words that stand for them.</summary>
    public Vocabulary Words { get; }

    /// <summary>One of each, with default parameters.</summary>
    public ImmutableArray<TValue> All => [.. Words.Names.Select(Parse)];

    /// <summary>The value of a text.</summary>
    /// <exception cref="ArgumentException">The name or a parameter is not known; the message lists the known ones.</exception>
    public TValue Parse(string text) => Make(Specification.Parse(text, Words));

    /// <summary>The value of a text that was taken apart.</summary>
    /// <exception cref="ArgumentException">As <see cref="Parse"/> throws.</exception>
    public TValue Make(Specification specification)
    {
        foreach ((string name, Func<Specification, TValue> make) in _known)
        {
            if (name == specification.Name)
                return specification.Done(make(specification));
        }

        throw specification.Unknown();
    }
}
