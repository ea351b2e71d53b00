namespace Backprop.Cli;

/// <summary>
/// The texts that mean "missing" as the command line says them: <c>--missing TEXT,…</c> in the place of others,
/// <c>--missing +TEXT,…</c> besides them, <c>--not-missing TEXT,…</c> to take some out.
/// </summary>
static class MissingText
{
    /// <summary>What means missing; null where nothing was said.</summary>
    /// <param name="usual">What means missing where nothing is said.</param>
    /// <param name="given">The values of --missing.</param>
    /// <param name="taken">The values of --not-missing.</param>
    public static IReadOnlyList<string>? Of(IReadOnlyList<string> usual, string[]? given, string[]? taken)
    {
        if (given is not { Length: > 0 } && taken is not { Length: > 0 })
            return null;
        string[] added = [.. Lists.Split((given ?? []).Where(IsAdded).Select(static text => text[1..]))
            .Select(static text => text.Length > 1 && IsAdded(text) ? text[1..] : text)];
        IEnumerable<string> basis = Replaces(given) ? ["", .. Lists.Split(given!.Where(static text => !IsAdded(text)))] : usual;
        return [.. basis.Concat(added).Distinct(StringComparer.Ordinal).Except(Lists.Split(taken ?? []), StringComparer.Ordinal)];
    }

    /// <summary>What means missing among numbers; null where nothing was said.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<string>? InNumbers(IReadOnlyList<string> usual, string[]? given, string[]? taken)
    {
        if (given is not { Length: > 0 } && taken is not { Length: > 0 })
            return null;
        return Replaces(given) ? [] : [.. usual.Except(Lists.Split(taken ?? []), StringComparer.Ordinal)];
    }

    static bool Replaces(string[]? given) => given?.Any(static text => !IsAdded(text)) == true;

    static bool IsAdded(string text) => text.StartsWith('+');
}
