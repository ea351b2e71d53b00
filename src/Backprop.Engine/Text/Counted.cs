using System.Globalization;

namespace Backprop.Engine;

/// <summary>Counts that agree with their noun: 1 row, 2,000 rows.</summary>
static class Counted
{
    /// <summary>A count with its noun.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">One of them.</param>
    /// <param name="nouns">More of them, where that is not the noun with an s.</param>
    public static string Of(long count, string noun, string? nouns = null) => string.Create(
        CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : nouns ?? noun + "s")}");
}
