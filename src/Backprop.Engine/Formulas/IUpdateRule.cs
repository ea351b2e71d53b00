namespace Backprop.Engine;

/// <summary>
/// One update rule: how a parameter p and the moments m and v that are kept for it follow from its gradient g. The
/// formula is written once over any kind of number; its constants arrive as scalars of the step.
/// </summary>
interface IUpdateRule
{
    /// <summary>How many moments the rule keeps for each parameter: 0, 1 (m) or 2 (m and v).</summary>
    static abstract int MomentCount { get; }

    /// <summary>Whether the rule means something only for gradients of all rows.</summary>
    static virtual bool NeedsFullBatch => false;

    /// <summary>Its name and numbers.</summary>
    Named Named { get; }

    /// <summary>How <see cref="Step"/> reads.</summary>
    UpdateFormula Formula { get; }

    double DefaultLearningRate { get; }

    double DefaultWeightDecay => 0;

    /// <summary>Running products such as β^t before the first step; they are part of the saved state.</summary>
    ReadOnlySpan<double> InitialScalars => [];

    /// <summary>What a moment (0 is m, 1 is v) holds before the first step.</summary>
    double InitialMoment(int index, double learningRate) => 0;

    /// <summary>Carries the running products on by one step and gives the scalars of that step.</summary>
    StepScalars<double> Begin(double learningRate, Span<double> running);

    /// <summary>The new p; m and v are replaced. Where g, m and v are 0, p stays as it is.</summary>
    static abstract R Step<R>(R p, R g, ref R m, ref R v, in StepScalars<R> s)
        where R : struct, IReal<R>;
}
