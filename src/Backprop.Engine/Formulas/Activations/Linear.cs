using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u.</summary>
readonly struct Linear : IKnownActivation
{
    public Named Named => new("linear");

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => u;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.Constant(1);

    public FormulaText Formula(string u, string x) => new(u, "1");
}
