using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = ln(1 + e^u); f′ = σ(u), the logistic function. Dugas et al. 2001.</summary>
readonly struct Softplus : IKnownActivation
{
    public Named Named => new("softplus");

    public bool DerivativeNeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.Softplus(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.Logistic(u);

    public FormulaText Formula(string u, string x) => new($@"\ln(1 + e^{{{u}}})", $"1/(1 + {FormulaText.ExpOfMinus(u)})");
}
