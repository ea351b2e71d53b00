using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// ℓ = |x − t|, ∂ℓ/∂x = sign(x − t), 0 at the kink.
/// </summary>
readonly struct AbsoluteLoss : IKnownLoss
{
    public Named Named => new("absolute");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R output, R target)
        where R : struct, IReal<R>
    {
        return R.Abs(output - target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R>
    {
        return R.IfLess(
            output, target, R.Constant(-1), R.IfLess(target, output, R.Constant(1), output - target));
    }

    public FormulaText Formula(string x, string t, string u) => new($"|{x} - {t}|", $@"\text{{sign}}({x} - {t})");
}
