using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>m ← ρ·m + (1 − ρ)·g²; p ← p − η·g / (√m + ε). Tieleman, Hinton 2012.</summary>
readonly record struct RmsProp(double Rho, double Epsilon) : IUpdateRule
{
    public static int MomentCount => 1;

    public Named Named => new("rmsprop", ("decay", Rho), ("epsilon", Epsilon));

    public UpdateFormula Formula => new(
        @"m \leftarrow \rho m + (1 - \rho) g^2,\; p \leftarrow p - \eta g/(\sqrt{m} + \epsilon)", "ρ", "ε")
    {
        FirstIsOfSquares = true,
    };

    public double DefaultLearningRate => 0.001;

    public StepScalars<double> Begin(double learningRate, Span<double> running) =>
        new() { Rate = learningRate, Decay1 = Rho, Gain1 = 1 - Rho, Epsilon = Epsilon };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R>
    {
        m = R.MultiplyAdd(s.Decay1, m, s.Gain1 * g * g);
        return R.MultiplyAdd(-s.Rate, g / (R.Sqrt(m) + s.Epsilon), p);
    }
}
