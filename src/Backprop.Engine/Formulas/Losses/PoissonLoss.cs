using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Exponential output with the Poisson likelihood, over u: ℓ = e^u − t·u (the term ln t! that no parameter moves is left
/// out); ∂ℓ/∂u = e^u − t.
/// </summary>
readonly struct PoissonLoss : IKnownLoss
{
    public Named Named => new("poisson");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R output, R target)
        where R : struct, IReal<R>
    {
        return R.Exp(output) - target * output;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R>
    {
        return R.Exp(output) - target;
    }

    public FormulaText Formula(string x, string t, string u) => new($"({x} - {t} {u})", $"({x} - {t})");
}
