using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// ℓ = ½ (x − t)², ∂ℓ/∂x = x − t.
/// </summary>
readonly struct HalfSquaredLoss : IKnownLoss
{
    public Named Named => new("half-squared");

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

    public FormulaText Formula(string x, string t, string u) => new($@"\tfrac{{1}}{{2}}({x} - {t})^2", $"({x} - {t})");
}
