using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// ℓ = τd where d ≥ 0, else (τ − 1)d, with d = t − x; ∂ℓ/∂x = −τ below the target, 1 − τ above, 0 at it. Its best constant is the τ-quantile. Koenker, Bassett 1978.
/// </summary>
readonly struct QuantileLoss(double quantile) : ILoss
{
    public string Name => $"quantile:q={Activation.Text(quantile)}";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R output, R target)
        where R : struct, IReal<R>
    {
        R d = target - output;
        return R.IfLess(d, R.Constant(0), R.Constant(quantile - 1) * d, R.Constant(quantile) * d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R>
    {
        return R.IfLess(
            output, target, R.Constant(-quantile), R.IfLess(target, output, R.Constant(1 - quantile), output - target));
    }
}
