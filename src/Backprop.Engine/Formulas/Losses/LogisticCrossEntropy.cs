using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Logistic output with cross-entropy, over u: ℓ = −t ln σ(u) − (1 − t) ln(1 − σ(u)), computed as
/// softplus(−|u|) + (u &lt; 0 ? −t·u : (1 − t)·u), which neither overflows nor cancels; ∂ℓ/∂u = σ(u) − t. Label smoothing ε
/// puts t(1 − ε) + ε/2 in the place of t.
/// </summary>
readonly struct LogisticCrossEntropy(double smoothing) : IKnownLoss
{
    public Named Named => smoothing == 0
        ? new("logistic-cross-entropy")
        : new("logistic-cross-entropy", ("smoothing", smoothing));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R output, R target)
        where R : struct, IReal<R>
    {
        R t = Smooth(target);
        R hinge = R.IfLess(output, R.Constant(0), -t * output, (R.Constant(1) - t) * output);
        return R.Softplus(-R.Abs(output)) + hinge;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R>
    {
        return R.Logistic(output) - Smooth(target);
    }

    R Smooth<R>(R target)
        where R : struct, IReal<R> => smoothing == 0
            ? target
            : R.MultiplyAdd(target, R.Constant(1 - smoothing), R.Constant(smoothing / 2));

    public FormulaText Formula(string x, string t, string u) => new($@"(-{t} \ln {x} - (1 - {t}) \ln(1 - {x}))", $"({x} - {t})");
}
