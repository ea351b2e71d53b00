using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>Finds what somebody probably meant to type.</summary>
static class NearestName
{
    /// <summary>The known name nearest to a typed one, or null where none is near.</summary>
    public static string? Find(string typed, IEnumerable<string> known) => NearestWord.Find(typed, known);

    /// <summary>How a sentence "there is no …" goes on and ends: with the nearest name, or with what there is.</summary>
    public static string Ending(string typed, IReadOnlyCollection<string> known)
    {
        const int Listed = 20;
        if (known.FirstOrDefault(name => LooksAlike(typed, name)) is { } alike)
            return Difference(typed, alike);
        if (Find(typed, known) is { } nearest)
            return $"; did you mean '{nearest}'?";
        string list = string.Join(", ", known.Take(Listed).Select(static name => $"'{name}'"));
        return known.Count > Listed ? $"; it has {list} and more." : $"; it has {list}.";
    }

    /// <summary>Whether names differ in nothing but case, blanks, signs that nobody sees, and how letters are composed.</summary>
    static bool LooksAlike(string a, string b) => string.Equals(Plain(a), Plain(b), StringComparison.OrdinalIgnoreCase);

    static string Plain(string name) => string.Concat(
        ComposedText.Of(name).Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && !IsFormat(c)));

    /// <summary>How a sentence about a name goes on and ends where there is one that looks like it: with what differs.</summary>
    static string Difference(string typed, string name)
    {
        if (string.Equals(typed, name, StringComparison.OrdinalIgnoreCase))
            return $"; did you mean '{name}'? Capital letters matter.";
        if (ComposedText.Of(typed) == ComposedText.Of(name))
            return $"; there is '{name}', whose letters are composed in another way (Unicode form).";
        int place = 0;
        while (place < Math.Min(typed.Length, name.Length) && Same(typed[place], name[place]))
            place++;
        return $"; there is '{Visible(name)}', which has {Sign(name, place)} where '{Visible(typed)}' has {Sign(typed, place)}.";
    }

    /// <summary>A name with what nobody sees written as C# does.</summary>
    static string Visible(string name) => string.Concat(name.Select(
        c => c != ' ' && (char.IsWhiteSpace(c) || char.IsControl(c) || IsFormat(c))
            ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
            : c.ToString()));

    static string Sign(string name, int place) => place >= name.Length ? "its end" : name[place] switch
    {
        ' ' => "a blank",
        '\t' => "a tab",
        '\n' or '\r' => "a line break",
        '\u00A0' or '\u202F' => "a non-breaking blank",
        var c when char.IsWhiteSpace(c) => "a blank of another kind",
        var c when IsFormat(c) || char.IsControl(c) => "a sign that is not shown",
        var c => $"'{c}'",
    };

    static bool IsFormat(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
