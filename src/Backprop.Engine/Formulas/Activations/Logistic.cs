using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = 1 / (1 + e^−u); f′ = x · (1 − x).</summary>
readonly struct Logistic : IKnownActivation
{
    public Named Named => new("logistic");

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.Logistic(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => x * (R.Constant(1) - x);

    public FormulaText Formula(string u, string x) => new($"1/(1 + {FormulaText.ExpOfMinus(u)})", $"{x}(1 - {x})");
}
