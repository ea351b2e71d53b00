using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = max(0, u); f′ = 1 where u > 0, else 0 (0 at the kink).</summary>
readonly struct Relu : IKnownActivation
{
    public Named Named => new("relu");

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.IfLess(u, R.Constant(0), R.Constant(0), u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.IfLess(R.Constant(0), x, R.Constant(1), R.Constant(0));

    public FormulaText Formula(string u, string x) => new(
        $@"\max(0, {u})", $@"1 \text{{ where }} {u} > 0, \text{{ else }} 0");
}
