using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u where u ≥ 0, else α · (e^u − 1); f′ = 1 or x + α. Clevert, Unterthiner, Hochreiter 2016.</summary>
readonly struct Elu(double alpha) : IKnownActivation
{
    public Named Named => new("elu", ("alpha", alpha));

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.IfLess(u, R.Constant(0), R.Constant(alpha) * R.ExpMinusOne(u), u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.IfLess(x, R.Constant(0), x + R.Constant(alpha), R.Constant(1));

    public FormulaText Formula(string u, string x) => new(
        $@"{u} \text{{ where }} {u} \ge 0, \text{{ else }} {FormulaText.Number(alpha)}(e^{{{u}}} - 1)",
        $@"1 \text{{ where }} {u} \ge 0, \text{{ else }} {x} + {FormulaText.Number(alpha)}");
}
