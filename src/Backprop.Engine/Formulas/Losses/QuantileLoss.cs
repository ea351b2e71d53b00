using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// ℓ = τd where d ≥ 0, else (τ − 1)d, with d = t − x; ∂ℓ/∂x = −τ below the target, 1 − τ above, 0 at it. Its best constant is
/// the τ-quantile. Koenker, Bassett 1978.
/// </summary>
readonly struct QuantileLoss(double quantile) : IKnownLoss
{
    public Named Named => new("quantile", ("q", quantile));

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

    public FormulaText Formula(string x, string t, string u)
    {
        string q = FormulaText.Number(quantile);
        return new(
            $@"\max({q}({t} - {x}), (1 - {q})({x} - {t}))",
            $@"(1 - {q} \text{{ where }} {x} > {t}, \text{{ else }} -{q} \text{{ where }} {x} < {t}, \text{{ else }} 0)");
    }
}
