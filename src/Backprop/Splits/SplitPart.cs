namespace Backprop;

/// <summary>What rows are held out for. Each draws its own random numbers; the values are part of the numeric contract.</summary>
public enum SplitPart
{
    /// <summary>To decide when to stop and which parameters to keep.</summary>
    Validation = 0,

    /// <summary>To measure the finished model; never used for choosing anything.</summary>
    Test = 1,
}
