using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Riedmiller, Braun 1993, in the form iRprop⁻ of Igel, Hüsken 2000: Δ (kept in v) grows by η⁺ where the gradient's sign
/// is the last one (kept in m), shrinks by η⁻ where it turned, and there the sign counts as 0 in this step and the next;
/// p ← p − Δ·sign(g).
/// </summary>
readonly record struct Rprop(double Grow, double Shrink, double Smallest, double Largest) : IUpdateRule
{
    public static int MomentCount => 2;

    public static bool NeedsFullBatch => true;

    public Named Named => new(
        "rprop", ("grow", Grow), ("shrink", Shrink), ("smallest", Smallest), ("largest", Largest));

    public UpdateFormula Formula => new(
        @"v \leftarrow \min(\text{largest}, \text{grow} v) \text{ where } \text{sign}(g) m > 0, "
            + @"\text{ else } \max(\text{smallest}, \text{shrink} v) \text{ where } \text{sign}(g) m < 0, \text{ else } v,\; "
            + @"m \leftarrow 0 \text{ where } \text{sign}(g) m < 0, \text{ else } \text{sign}(g),\; p \leftarrow p - v m",
        "grow", "shrink", "smallest", "largest")
    {
        ReadsRate = false,
    };

    public double DefaultLearningRate => 0.01;

    public double InitialMoment(int index, double learningRate) =>
        index == 1 ? Math.Clamp(learningRate, Smallest, Largest) : 0;

    public StepScalars<double> Begin(double learningRate, Span<double> running) =>
        new() { Gain2 = Grow, Decay2 = Shrink, Epsilon = Smallest, Scale = Largest };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R>
    {
        R zero = R.Constant(0);
        R sign = R.IfLess(zero, g, R.Constant(1), R.IfLess(g, zero, R.Constant(-1), g));
        R turn = sign * m;
        R grown = v * s.Gain2;
        R shrunk = v * s.Decay2;
        grown = R.IfLess(s.Scale, grown, s.Scale, grown);
        shrunk = R.IfLess(shrunk, s.Epsilon, s.Epsilon, shrunk);
        v = R.IfLess(zero, turn, grown, R.IfLess(turn, zero, shrunk, v));
        m = R.IfLess(turn, zero, zero, sign);
        return R.MultiplyAdd(-v, m, p);
    }
}
