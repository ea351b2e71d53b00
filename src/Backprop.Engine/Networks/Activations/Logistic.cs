using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = 1 / (1 + e^−u); f′ = x · (1 − x).</summary>
readonly struct Logistic : IActivation
{
    public string Name => "logistic";

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.Logistic(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => x * (R.Constant(1) - x);
}
