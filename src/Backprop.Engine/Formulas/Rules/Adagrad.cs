using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>m ← m + g²; p ← p − η·g / (√m + ε). Duchi, Hazan, Singer 2011.</summary>
readonly record struct Adagrad(double Epsilon) : IUpdateRule
{
    public static int MomentCount => 1;

    public Named Named => new("adagrad", ("epsilon", Epsilon));

    public UpdateFormula Formula => new(
        @"m \leftarrow m + g^2,\; p \leftarrow p - \eta g/(\sqrt{m} + \epsilon)", "ε")
    {
        FirstIsOfSquares = true,
    };

    public double DefaultLearningRate => 0.01;

    public StepScalars<double> Begin(double learningRate, Span<double> running) =>
        new() { Rate = learningRate, Epsilon = Epsilon };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R>
    {
        m = R.MultiplyAdd(g, g, m);
        return R.MultiplyAdd(-s.Rate, g / (R.Sqrt(m) + s.Epsilon), p);
    }
}
