using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>m ← μ·m + g; p ← p − η·(g + μ·m), the gradient being taken at p. Nesterov 1983, Sutskever et al. 2013.</summary>
readonly record struct Nesterov(double Mu) : IUpdateRule
{
    public static int MomentCount => 1;

    public Named Named => new("nesterov", ("momentum", Mu));

    public UpdateFormula Formula => new(@"m \leftarrow \mu m + g,\; p \leftarrow p - \eta(g + \mu m)", "μ");

    public double DefaultLearningRate => 0.01;

    public StepScalars<double> Begin(double learningRate, Span<double> running) =>
        new() { Rate = learningRate, Decay1 = Mu };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R>
    {
        m = R.MultiplyAdd(s.Decay1, m, g);
        return R.MultiplyAdd(-s.Rate, R.MultiplyAdd(s.Decay1, m, g), p);
    }
}
