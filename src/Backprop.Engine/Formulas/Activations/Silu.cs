using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u · σ(u), with the logistic function σ; f′ = σ(u) · (1 + u · σ(−u)). Elfwing, Uchibe, Doya 2018.</summary>
readonly struct Silu : IKnownActivation
{
    public Named Named => new("silu");

    public bool DerivativeNeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => u * R.Logistic(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.Logistic(u) * R.MultiplyAdd(u, R.Logistic(-u), R.Constant(1));

    public FormulaText Formula(string u, string x) => new(
        $"{u}/(1 + {FormulaText.ExpOfMinus(u)})", $"(1 + {u} - {x})/(1 + {FormulaText.ExpOfMinus(u)})");
}
