using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u / (1 + |u|); f′ = 1 / (1 + |u|)².</summary>
readonly struct Softsign : IKnownActivation
{
    public Named Named => new("softsign");

    public bool DerivativeNeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => u / (R.Constant(1) + R.Abs(u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.Constant(1) / ((R.Constant(1) + R.Abs(u)) * (R.Constant(1) + R.Abs(u)));

    public FormulaText Formula(string u, string x) => new($"{u}/(1 + |{u}|)", $"1/(1 + |{u}|)^2");
}
