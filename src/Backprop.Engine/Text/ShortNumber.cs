using System.Globalization;

namespace Backprop.Engine;

/// <summary>Numbers as names and messages write them.</summary>
static class ShortNumber
{
    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
