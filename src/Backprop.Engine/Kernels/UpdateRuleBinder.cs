using System.Numerics;

namespace Backprop.Engine;

/// <summary>The <see cref="IUpdateRuleBinder"/> of one rule struct.</summary>
sealed class UpdateRuleBinder<TRule>(TRule rule) : IUpdateRuleBinder
    where TRule : struct, IUpdateRule
{
    public Named Named { get; } = rule.Named;

    public UpdateFormula Formula => rule.Formula;

    public int MomentCount => TRule.MomentCount;

    public bool NeedsFullBatch => TRule.NeedsFullBatch;

    public double DefaultLearningRate => rule.DefaultLearningRate;

    public double DefaultWeightDecay => rule.DefaultWeightDecay;

    public ReadOnlySpan<double> InitialScalars => rule.InitialScalars;

    public double InitialMoment(int index, double learningRate) => rule.InitialMoment(index, learningRate);

    public StepScalars<double> Begin(double learningRate, Span<double> running) => rule.Begin(learningRate, running);

    public UpdateLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
        {
            LaneWidth.Bits512 => new UpdateLanes<T, Lanes512<T>, TRule>(),
            LaneWidth.Bits256 => new UpdateLanes<T, Lanes256<T>, TRule>(),
            LaneWidth.Bits128 => new UpdateLanes<T, Lanes128<T>, TRule>(),
            _ => new UpdateLanes<T, Lane1<T>, TRule>(),
        };
}
