using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>p ← p − η·sign(β₁m + (1 − β₁)g); m ← β₂m + (1 − β₂)g; sign(0) = 0. Chen et al. 2023.</summary>
readonly record struct Lion(double Beta1, double Beta2) : IUpdateRule
{
    public static int MomentCount => 1;

    public string Name => $"lion:beta1={Activation.Text(Beta1)},beta2={Activation.Text(Beta2)}";

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
