using System.Numerics;

namespace Backprop.Engine;

/// <summary>Is shown a training between two steps, when its state is whole: to save it or to hash it.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IStateObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Whether it wants to see the state now: it is asked before every step and at the end, and an engine that keeps the state
    /// elsewhere brings it only then.
    /// </summary>
    /// <param name="state">Where the training stands; only its counts are sure to be those of now.</param>
    /// <param name="hasEnded">Whether no further step follows now.</param>
    bool IsDue(TrainingState<T> state, bool hasEnded) => true;

    /// <summary>Before a step, after the validation if one was due, and once more when the training has ended.</summary>
    /// <param name="state">Where the training stands; not to be changed or kept.</param>
    /// <param name="hasEnded">Whether no further step follows now: all is done, or it was cancelled.</param>
    void OnState(TrainingState<T> state, bool hasEnded);
}
