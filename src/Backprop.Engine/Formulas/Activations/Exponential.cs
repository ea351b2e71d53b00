using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = e^u; f′ = x. The output of a Poisson regression, whose link is the logarithm.</summary>
readonly struct Exponential : IKnownActivation
{
    public Named Named => new("exponential");

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.Exp(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => x;

    public FormulaText Formula(string u, string x) => new($"e^{{{u}}}", x);
}
