namespace Backprop.Engine;

/// <summary>A built-in activation: it says what it is called with its numbers, and how its formula reads.</summary>
interface IKnownActivation : IActivation
{
    /// <summary>Its name and numbers.</summary>
    Named Named { get; }

    string IActivation.Name => Named.ToString();

    /// <summary>f(u) and f′, which may read x = f(u) too.</summary>
    /// <param name="u">What the total input is called, in LaTeX.</param>
    /// <param name="x">What the output is called.</param>
    FormulaText Formula(string u, string x);
}
