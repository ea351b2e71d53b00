using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>p ← p − η·g.</summary>
readonly struct GradientDescent : IUpdateRule
{
    public static int MomentCount => 0;

    public Named Named => new("gradient-descent");

    public UpdateFormula Formula => new(@"p \leftarrow p - \eta g");

    public double DefaultLearningRate => 0.1;

    public StepScalars<double> Begin(double learningRate, Span<double> running) => new() { Rate = learningRate };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R> => R.MultiplyAdd(-s.Rate, g, p);
}
