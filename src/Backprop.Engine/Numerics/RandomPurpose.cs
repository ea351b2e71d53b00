namespace Backprop.Engine;

/// <summary>
/// What random numbers are drawn for: one part of the counter of <see cref="CounterRandom"/>, so that two uses of the
/// same seed never share a number. The values are part of the numeric contract and do not change.
/// </summary>
public enum RandomPurpose
{
    /// <summary>A use of the caller's own.</summary>
    Other = 0,

    /// <summary>Starting values of weights; the epoch is the layer, the index the weight's in logical order.</summary>
    InitialWeights = 1,

    /// <summary>The order of the training rows in an epoch.</summary>
    Shuffle = 2,

    /// <summary>Which neurons are dropped.</summary>
    Dropout = 3,

    /// <summary>Which rows go to the training, validation and test parts.</summary>
    Split = 4,

    /// <summary>Which entries of a gradient are checked, and of which rows; the epoch counts tensors.</summary>
    GradientCheck = 5,

    /// <summary>
    /// The order of the training rows of one stripe in an epoch; the epoch counts stripes, 1,024 for each epoch.
    /// </summary>
    StripeShuffle = 6,
}
