namespace Backprop.Engine;

/// <summary>A built-in loss: it says what it is called with its numbers, and how its formula reads.</summary>
interface IKnownLoss : ILoss
{
    /// <summary>Its name and numbers.</summary>
    Named Named { get; }

    string ILoss.Name => Named.ToString();

    /// <summary>
    /// ℓ of one output, a factor that a sum over the outputs may stand before, and its derivative by x (by u under a joint loss).
    /// </summary>
    /// <param name="x">What the output is called, in LaTeX.</param>
    /// <param name="t">What its target is called, smoothed where the loss smooths.</param>
    /// <param name="u">What its total input is called.</param>
    FormulaText Formula(string x, string t, string u);
}
