using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>p ← p − η·sign(β₁m + (1 − β₁)g); m ← β₂m + (1 − β₂)g; sign(0) = 0. Chen et al. 2023.</summary>
readonly record struct Lion(double Beta1, double Beta2) : IUpdateRule
{
    public static int MomentCount => 1;

    public Named Named => new("lion", ("beta1", Beta1), ("beta2", Beta2));

    public UpdateFormula Formula => new(
        @"p \leftarrow p - \eta\,\text{sign}(\beta_1 m + (1 - \beta_1) g),\; m \leftarrow \beta_2 m + (1 - \beta_2) g", "β₁",
        "β₂");

    public double DefaultLearningRate => 0.0001;

    public StepScalars<double> Begin(double learningRate, Span<double> running) => new()
    {
        Rate = learningRate,
        Decay1 = Beta1,
        Gain1 = 1 - Beta1,
        Decay2 = Beta2,
        Gain2 = 1 - Beta2,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R>
    {
        R zero = R.Constant(0);
        R mixed = R.MultiplyAdd(s.Decay1, m, s.Gain1 * g);
        m = R.MultiplyAdd(s.Decay2, m, s.Gain2 * g);

        // What is left is 0, which changes nothing, or NaN, which must show and not pass for a sign of 0.
        return R.IfLess(zero, mixed, p - s.Rate, R.IfLess(mixed, zero, p + s.Rate, p + mixed));
    }
}
