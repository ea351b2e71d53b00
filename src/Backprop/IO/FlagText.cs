namespace Backprop;

/// <summary>Names as people have to type them behind a flag.</summary>
static class FlagText
{
    /// <summary>
    /// A name that a list of names can hold: quoted as in CSV where it holds a comma, and for the shell where it needs to be.
    /// </summary>
    public static string Of(string name) => ForShell(InList(name));

    /// <summary>The same with what is said of it: <c>name=value</c>.</summary>
    public static string Of(string name, string value) =>
        ForShell($"{(name.Contains('=', StringComparison.Ordinal) ? Quoted(name) : InList(name))}={value}");

    /// <summary>What adds texts to a flag's own: <c>+text,text</c>.</summary>
    public static string Added(IEnumerable<string> texts) => ForShell("+" + string.Join(',', texts.Select(InList)));

    static string InList(string name) =>
        name.Contains(',', StringComparison.Ordinal) || name.StartsWith('"') || name.Trim() != name ? Quoted(name) : name;

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string ForShell(string text)
    {
        const string Plain = "_-.,:=+@%/";
        bool isPlain = text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal));
        return isPlain ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
