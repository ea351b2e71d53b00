namespace Backprop.Kernels;

/// <summary>A parameter of a benchmark that knows how much one call does.</summary>
interface IWork
{
    /// <summary>How many units of work one call does.</summary>
    double Amount { get; }

    /// <summary>How a median time and the amount make the number that is shown.</summary>
    string Rate(double nanoseconds);
}
