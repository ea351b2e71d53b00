namespace Backprop.Engine;

/// <summary>
/// A function and its derivative as people read them, in a small LaTeX that explanations turn into plain text too. They stand
/// beside the code that runs, and tests evaluate what is shown against what was computed. A step that defines a letter follows
/// after <c>,\;</c>.
/// </summary>
/// <param name="Value">The function.</param>
/// <param name="Derivative">Its derivative.</param>
readonly record struct FormulaText(string Value, string Derivative)
{
    /// <summary>A number as formulas write it.</summary>
    public static string Number(double value) => ShortNumber.Text(value);

    /// <summary>The square of a symbol, which may have indices.</summary>
    public static string Square(string symbol) => symbol.Length == 1 ? symbol + "^2" : $"({symbol})^2";

    /// <summary>e^−u.</summary>
    public static string ExpOfMinus(string u) => $"e^{{-{u}}}";
}
