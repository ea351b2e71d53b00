using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = tanh u; f′ = 1 − x².</summary>
readonly struct Tanh : IKnownActivation
{
    public Named Named => new("tanh");

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.Tanh(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.MultiplyAdd(-x, x, R.Constant(1));

    public FormulaText Formula(string u, string x) => new($@"\tanh {u}", $"1 - {FormulaText.Square(x)}");
}
