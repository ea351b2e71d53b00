using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = sin u; f′ = cos u. Sitzmann et al. 2020.</summary>
readonly struct Sine : IKnownActivation
{
    public Named Named => new("sine");

    public bool DerivativeNeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.Sin(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.Cos(u);

    public FormulaText Formula(string u, string x) => new($@"\sin {u}", $@"\cos {u}");
}
