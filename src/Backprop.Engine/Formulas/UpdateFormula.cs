using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>An update rule as people read it, beside the code that runs.</summary>
/// <param name="Steps">
/// What becomes of p, m and v, in LaTeX: steps in their order, separated by <c>,\;</c>, then what else the letters are. g is the
/// gradient, η the learning rate, t the step counted from 1.
/// </param>
/// <param name="Symbols">What the rule's numbers are called there, in their order; in plain text.</param>
readonly record struct UpdateFormula(string Steps, params ImmutableArray<string> Symbols)
{
    /// <summary>Whether it reads t.</summary>
    public bool ReadsStep { get; init; }

    /// <summary>Whether m is made of squares of the gradient, so that it has no sign. v always is.</summary>
    public bool FirstIsOfSquares { get; init; }

    /// <summary>Whether it reads η.</summary>
    public bool ReadsRate { get; init; } = true;
}
