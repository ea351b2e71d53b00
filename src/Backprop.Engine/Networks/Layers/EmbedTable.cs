using System.Globalization;

namespace Backprop.Engine;

/// <summary>The table of one code: a row of <paramref name="Width"/> numbers for each category.</summary>
/// <param name="Categories">How many categories there are; codes count from 0.</param>
/// <param name="Width">How many numbers stand for a category.</param>
public readonly record struct EmbedTable(int Categories, int Width)
{
    /// <summary>Categories and numbers: <c>7*3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Categories}*{Width}");
}
