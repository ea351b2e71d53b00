namespace Backprop.Engine;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    Completed = 0,

    /// <summary>The watched metric did not get better for as many epochs as patience allows.</summary>
    NoImprovement = 1,

    /// <summary>It was cancelled between two steps.</summary>
    Cancelled = 2,
}
