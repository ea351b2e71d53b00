using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// f(u) = λ · u where u ≥ 0, else λα · (e^u − 1); f′ = λ or x + λα. Klambauer et al. 2017, with their fixed λ and α.
/// </summary>
readonly struct Selu : IKnownActivation
{
    const double Scale = 1.0507009873554804934193349852946;
    const double Alpha = 1.6732632423543772848170429916717;

    static string Lambda => FormulaText.Number(Scale);

    static string LambdaAlpha => FormulaText.Number(Scale * Alpha);

    public Named Named => new("selu");

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.IfLess(
        u, R.Constant(0), R.Constant(Scale * Alpha) * R.ExpMinusOne(u), R.Constant(Scale) * u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.IfLess(
        x, R.Constant(0), x + R.Constant(Scale * Alpha), R.Constant(Scale));

    public FormulaText Formula(string u, string x) => new(
        $@"{Lambda} {u} \text{{ where }} {u} \ge 0, \text{{ else }} {LambdaAlpha}(e^{{{u}}} - 1)",
        $@"{Lambda} \text{{ where }} {u} \ge 0, \text{{ else }} {x} + {LambdaAlpha}");
}
