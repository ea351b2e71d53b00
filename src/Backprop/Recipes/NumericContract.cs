using Backprop.Engine;

namespace Backprop;

/// <summary>
/// What differs between the numeric versions, so that a model of an older one can be trained again by the arithmetic that it was
/// trained by.
/// </summary>
/// <param name="Version">The numeric version.</param>
sealed record NumericContract(int Version)
{
    /// <summary>That of this build.</summary>
    public static NumericContract Current { get; } = new(NumericVersion.Current);

    /// <summary>Whether this build still has the arithmetic.</summary>
    public bool IsKnown => Version is >= 1 and <= NumericVersion.Current;

    /// <summary>
    /// From version 2 on rows of weight 0 are left out before anything is learnt, and the weights of rows count in every figure;
    /// before, they counted in the loss of rows of the training table alone.
    /// </summary>
    public bool WeighsFigures => Version >= 2;

    /// <summary>From version 2 on numbers that single precision cannot tell apart are standardised in double.</summary>
    public bool StandardisesInDouble => Version >= 2;

    /// <summary>Whether a model of this version records a metric.</summary>
    public bool Records(string metric) => Version >= 2 || metric is not (MetricNames.F1 or MetricNames.MacroF1);
}
