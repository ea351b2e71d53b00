using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// What takes steps: gradient, exchange and update of one batch after the other. The processor is one
/// (<see cref="CpuEngine{T}"/>); a device is another, and nothing else of a training knows of it. The training loop, not the
/// engine, adds losses, tells observers and decides when to stop.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
interface IEngine<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most steps that pay on end: 1 where each ends before the next is asked for.</summary>
    int StepsAtOnce { get; }

    /// <summary>Takes over where a training stands: parameters, moments, running products.</summary>
    void Load(TrainingState<T> state);

    /// <summary>Takes steps until a row's loss is not finite; that step changes nothing.</summary>
    /// <param name="stretch">The steps.</param>
    /// <param name="rowLosses">Receives each row's loss ℓ before the update, without weight, in the order of the rows; it has
    /// room for all rows.</param>
    /// <returns>How many steps were taken, the one without an update among them.</returns>
    int Step(in Stretch stretch, T[] rowLosses);

    /// <summary>Takes rows through the value flow and the loss, as the network predicts.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="losses">Receives each row's loss ℓ, without weight, in their order.</param>
    /// <param name="take">Receives each row's outputs as well, in order; null where they are not wanted.</param>
    void Measure(Examples<T> rows, Span<T> losses, Action<int, ReadOnlySpan<T>>? take);

    /// <summary>Gives back where the training stands by now.</summary>
    void Read(TrainingState<T> state);
}
