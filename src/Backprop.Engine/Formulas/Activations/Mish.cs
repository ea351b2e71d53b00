using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u · t with t = tanh(softplus u); f′ = t + u · (1 − t²) · σ(u). Misra 2019.</summary>
readonly struct Mish : IKnownActivation
{
    public Named Named => new("mish");

    public bool DerivativeNeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => u * R.Tanh(R.Softplus(u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => Slope(u, R.Tanh(R.Softplus(u)));

    static R Slope<R>(R u, R t)
        where R : struct, IReal<R> =>
        R.MultiplyAdd(u * R.MultiplyAdd(-t, t, R.Constant(1)), R.Logistic(u), t);

    public FormulaText Formula(string u, string x) => new(
        $@"{u} \tanh(\ln(1 + e^{{{u}}}))",
        $@"q + {u} (1 - q^2)/(1 + {FormulaText.ExpOfMinus(u)}),\; q = \tanh(\ln(1 + e^{{{u}}}))");
}
