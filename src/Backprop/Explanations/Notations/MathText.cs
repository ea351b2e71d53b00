namespace Backprop;

/// <summary>A symbol or formula, written in LaTeX and in plain Unicode.</summary>
/// <param name="Latex">As it stands between dollar signs.</param>
/// <param name="Plain">As it stands in a terminal.</param>
public readonly record struct MathText(string Latex, string Plain)
{
    /// <summary>The plain form.</summary>
    public override string ToString() => Plain;

    /// <summary>Both forms of LaTeX in the small vocabulary of <see cref="PlainMath"/>.</summary>
    internal static MathText From(string latex) => new(latex, PlainMath.Of(latex));
}
