using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// ℓ = ½ (x − t)², ∂ℓ/∂x = x − t.
/// </summary>
readonly struct HalfSquaredLoss : ILoss
{
    public string Name => "half-squared";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R output, R target)
        where R : struct, IReal<R>
    {
        R d = output - target;
        return R.Constant(0.5) * d * d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R>
    {
        return output - target;
    }
}
