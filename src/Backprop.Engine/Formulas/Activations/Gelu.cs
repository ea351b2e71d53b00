using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// f(u) = u · Φ(u), with the exact normal distribution Φ(u) = ½ (1 + erf(u/√2)); f′ = Φ(u) + u · φ(u). Hendrycks, Gimpel 2016.
/// </summary>
readonly struct Gelu : IKnownActivation
{
    const double InverseRootOfTwo = 0.70710678118654752440084436210485;
    const double InverseRootOfTwoPi = 0.39894228040143267793994605993438;

    public Named Named => new("gelu");

    public bool DerivativeNeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => u * Phi(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.MultiplyAdd(
        u * R.Constant(InverseRootOfTwoPi), R.Exp(R.Constant(-0.5) * u * u), Phi(u));

    static R Phi<R>(R u)
        where R : struct, IReal<R> =>
        R.Constant(0.5) * (R.Constant(1) + R.Erf(u * R.Constant(InverseRootOfTwo)));

    const string PhiText = @",\; \varPhi(z) = \tfrac{1}{2}(1 + \text{erf}(z/\sqrt{2}))";

    public FormulaText Formula(string u, string x) => new(
        $@"{u} \varPhi({u}){PhiText}",
        $@"\varPhi({u}) + {u} e^{{-{FormulaText.Square(u)}/2}}/\sqrt{{2 \pi}}{PhiText}");
}
