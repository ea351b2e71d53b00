using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u where u ≥ 0, else α · (e^u − 1); f′ = 1 or x + α. Clevert, Unterthiner, Hochreiter 2016.</summary>
readonly struct Elu(double alpha) : IActivation
{
    public string Name => $"elu:alpha={Activation.Text(alpha)}";

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.IfLess(u, R.Constant(0), R.Constant(alpha) * R.ExpMinusOne(u), u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.IfLess(x, R.Constant(0), x + R.Constant(alpha), R.Constant(1));
}
