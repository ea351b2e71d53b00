using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u · σ(u), with the logistic function σ; f′ = σ(u) · (1 + u · σ(−u)). Elfwing, Uchibe, Doya 2018.</summary>
readonly struct Silu : IActivation
{
    public string Name => "silu";

    public bool DerivativeNeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => u * R.Logistic(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.Logistic(u) * R.MultiplyAdd(u, R.Logistic(-u), R.Constant(1));
}
