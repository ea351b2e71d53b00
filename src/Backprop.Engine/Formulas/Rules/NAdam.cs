using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Moments as Adam's; with μ_t = β₁(1 − ½·0.96^(tψ)) and d = √(v/(1 − β₂^t)) + ε,
/// p ← p − η·(1 − μ_t)/(1 − Πμ)·g/d − η·μ_{t+1}/(1 − Πμ·μ_{t+1})·m/d, where Πμ = μ₁…μ_t. Dozat 2016.
/// Running products: Πμ, β₂^t, 0.96^(tψ).
/// </summary>
readonly record struct NAdam(double Beta1, double Beta2, double Epsilon, double Psi) : IUpdateRule
{
    readonly double _ratio = Elementary.Pow(0.96, Psi);

    public static int MomentCount => 2;

    public Named Named => new(
        "nadam", ("beta1", Beta1), ("beta2", Beta2), ("epsilon", Epsilon), ("decay", Psi));

    public UpdateFormula Formula => new(
        @"m \leftarrow \beta_1 m + (1 - \beta_1) g,\; v \leftarrow \beta_2 v + (1 - \beta_2) g^2,\; "
            + @"p \leftarrow p - \eta (\frac{1 - \mu_t}{1 - M_t} g + \frac{\mu_{t+1}}{1 - M_{t+1}} m)/(\sqrt{v/(1 - \beta_2^t)} "
                + @"+ \epsilon),\; "
            + @"\mu_t = \beta_1(1 - 0.96^{t\psi}/2),\; M_t = \prod_{s=1}^t \mu_s",
        "β₁", "β₂", "ε", "ψ")
    {
        ReadsStep = true,
    };

    public double DefaultLearningRate => 0.002;

    public ReadOnlySpan<double> InitialScalars => [1, 1, 1];

    public StepScalars<double> Begin(double learningRate, Span<double> running)
    {
        running[2] *= _ratio;
        double mu = Beta1 * (1 - 0.5 * running[2]);
        double next = Beta1 * (1 - 0.5 * (running[2] * _ratio));
        running[0] *= mu;
        running[1] *= Beta2;
        return new()
        {
            Rate = learningRate * next / (1 - running[0] * next),
            OtherRate = learningRate * (1 - mu) / (1 - running[0]),
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
        R direction = R.MultiplyAdd(s.Rate, m, s.OtherRate * g);
        return p - direction / R.MultiplyAdd(R.Sqrt(v), s.Scale, s.Epsilon);
    }
}
