using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// ℓ = ½d² where |d| ≤ δ, else δ(|d| − ½δ), with d = x − t; ∂ℓ/∂x = d, held between −δ and δ. Huber 1964.
/// </summary>
readonly struct HuberLoss(double delta) : IKnownLoss
{
    public Named Named => new("huber", ("delta", delta));

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

    public FormulaText Formula(string x, string t, string u)
    {
        string bound = FormulaText.Number(delta);
        return new(
            $@"(\tfrac{{1}}{{2}}d^2 \text{{ where }} |d| \le {bound}, \text{{ else }} {bound}(|d| - {bound}/2)),\; d = {x} - {t}",
            $@"\max(-{bound}, \min({bound}, {x} - {t}))");
    }
}
