using System.Numerics;

namespace Backprop.Engine;

/// <summary>Hides the struct type of an update rule behind one object; the loops it binds are specialised for it.</summary>
interface IUpdateRuleBinder
{
    Named Named { get; }

    UpdateFormula Formula { get; }

    int MomentCount { get; }

    bool NeedsFullBatch { get; }

    double DefaultLearningRate { get; }

    double DefaultWeightDecay { get; }

    ReadOnlySpan<double> InitialScalars { get; }

    double InitialMoment(int index, double learningRate);

    StepScalars<double> Begin(double learningRate, Span<double> running);

    UpdateLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
