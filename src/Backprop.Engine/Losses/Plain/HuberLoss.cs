using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// ℓ = ½d² where |d| ≤ δ, else δ(|d| − ½δ), with d = x − t; ∂ℓ/∂x = d, held between −δ and δ. Huber 1964.
/// </summary>
readonly struct HuberLoss(double delta) : ILoss
{
    public string Name => $"huber:delta={Activation.Text(delta)}";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R output, R target)
        where R : struct, IReal<R>
    {
        R d = R.Abs(output - target);
        R bound = R.Constant(delta);
        return R.IfLess(bound, d, bound * (d - R.Constant(delta / 2)), R.Constant(0.5) * d * d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R>
    {
        R d = output - target;
        R bound = R.Constant(delta);
        return R.IfLess(d, -bound, -bound, R.IfLess(bound, d, bound, d));
    }
}
