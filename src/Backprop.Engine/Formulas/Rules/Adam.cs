using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − η/(1 − β₁^t) · m / (√v/√(1 − β₂^t) + ε). Kingma, Ba 2015.
/// AdamW is the same rule: its decay is a link before it. Running products: β₁^t, β₂^t.
/// </summary>
readonly record struct Adam(double Beta1, double Beta2, double Epsilon, bool Decoupled) : IUpdateRule
{
    public static int MomentCount => 2;

    public Named Named => new(
        Decoupled ? "adamw" : "adam", ("beta1", Beta1), ("beta2", Beta2), ("epsilon", Epsilon));

    public UpdateFormula Formula => new(
        @"m \leftarrow \beta_1 m + (1 - \beta_1) g,\; v \leftarrow \beta_2 v + (1 - \beta_2) g^2,\; "
            + @"p \leftarrow p - \frac{\eta}{1 - \beta_1^t} m/(\sqrt{v/(1 - \beta_2^t)} + \epsilon)",
        "β₁", "β₂", "ε")
    {
        ReadsStep = true,
    };

    public double DefaultLearningRate => 0.001;

    public double DefaultWeightDecay => Decoupled ? 0.01 : 0;

    public ReadOnlySpan<double> InitialScalars => [1, 1];

    public StepScalars<double> Begin(double learningRate, Span<double> running)
    {
        running[0] *= Beta1;
        running[1] *= Beta2;
        return new()
        {
            Rate = learningRate / (1 - running[0]),
            Decay1 = Beta1,
            Gain1 = 1 - Beta1,
            Decay2 = Beta2,
            Gain2 = 1 - Beta2,
            Scale = 1 / Math.Sqrt(1 - running[1]),
            Epsilon = Epsilon,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R>
    {
        m = R.MultiplyAdd(s.Decay1, m, s.Gain1 * g);
        v = R.MultiplyAdd(s.Decay2, v, s.Gain2 * g * g);
        return R.MultiplyAdd(-s.Rate, m / R.MultiplyAdd(R.Sqrt(v), s.Scale, s.Epsilon), p);
    }
}
