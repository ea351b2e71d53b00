using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// ℓ = (x − t)², ∂ℓ/∂x = 2 (x − t).
/// </summary>
readonly struct SquaredLoss : IKnownLoss
{
    public Named Named => new("squared");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R output, R target)
        where R : struct, IReal<R>
    {
        R d = output - target;
        return d * d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R>
    {
        return R.Constant(2) * (output - target);
    }

    public FormulaText Formula(string x, string t, string u) => new($"({x} - {t})^2", $"2({x} - {t})");
}
