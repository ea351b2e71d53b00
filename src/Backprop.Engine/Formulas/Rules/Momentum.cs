using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>m ← μ·m + g; p ← p − η·m. Polyak 1964.</summary>
readonly record struct Momentum(double Mu) : IUpdateRule
{
    public static int MomentCount => 1;

    public Named Named => new("momentum", ("momentum", Mu));

    public UpdateFormula Formula => new(@"m \leftarrow \mu m + g,\; p \leftarrow p - \eta m", "μ");

    public double DefaultLearningRate => 0.01;

    public StepScalars<double> Begin(double learningRate, Span<double> running) =>
        new() { Rate = learningRate, Decay1 = Mu };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R>
    {
        m = R.MultiplyAdd(s.Decay1, m, g);
        return R.MultiplyAdd(-s.Rate, m, p);
    }
}
