using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Where a training stands between two steps. With the rows and the options it decides every further bit: order of the rows
/// and dropped neurons follow from the seed and the position.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The state before the first step.</summary>
    /// <param name="parameters">The parameters to start from; the training changes them.</param>
    /// <param name="options">The options of the training.</param>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public TrainingState(Parameters<T> parameters, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        Update = new UpdateState<T>(parameters.Network, options.Update);
        Best = new BestEpoch<T>(parameters.Network);
    }

    /// <summary>The parameters after the last step.</summary>
    public Parameters<T> Parameters { get; }

    /// <summary>What optimizer and schedule remember, and how many steps were taken.</summary>
    public UpdateState<T> Update { get; }

    /// <summary>The best epoch so far and its parameters; stays at epoch 0 without a validation.</summary>
    public BestEpoch<T> Best { get; }

    /// <summary>The epoch of the next step, counted from 1; one more than the last where all are done.</summary>
    public int Epoch { get; internal set; } = 1;

    /// <summary>How many rows of that epoch were taken.</summary>
    public int EpochRows { get; internal set; }

    /// <summary>How many training rows were taken, each as often as it was taken.</summary>
    public long RowsTaken { get; internal set; }

    /// <summary>How many steps the training has if nothing stops it; 0 before it began.</summary>
    public long TotalSteps { get; internal set; }

    /// <summary>The last finished epoch's loss; NaN before the first.</summary>
    public double Loss { get; internal set; } = double.NaN;

    /// <summary>Σ wℓ over the rows of the epoch so far, in their order.</summary>
    internal CompensatedSum EpochSum { get; set; }
}
