using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u, held between −1 and 1; f′ = 1 inside, 0 at the kinks and outside.</summary>
readonly struct HardTanh : IKnownActivation
{
    public Named Named => new("hard-tanh");

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.IfLess(
        u, R.Constant(-1), R.Constant(-1), R.IfLess(R.Constant(1), u, R.Constant(1), u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.IfLess(R.Abs(x), R.Constant(1), R.Constant(1), R.Constant(0));

    public FormulaText Formula(string u, string x) => new(
        $@"\max(-1, \min(1, {u}))", $@"1 \text{{ where }} |{u}| < 1, \text{{ else }} 0");
}
