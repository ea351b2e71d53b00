using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Keeps what a training leaves behind as it goes: hashes along its way, and checkpoints.</summary>
sealed class StateKeeper<T> : IStateObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly CheckpointOptions? _options;
    readonly Recipe _recipe;
    readonly InputHashes _inputs;
    readonly NumericContract _contract;
    readonly TimeSpan? _interval;
    long _savedAt = Stopwatch.GetTimestamp();
    int _savedEpoch;

    /// <summary>Keeps a training.</summary>
    /// <param name="options">Where checkpoints go; null for none.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="inputs">The data.</param>
    /// <param name="contract">The numeric version by which it is trained.</param>
    /// <param name="trail">The hashes so far.</param>
    /// <param name="epoch">The epoch at which it begins or goes on.</param>
    public StateKeeper(
        CheckpointOptions? options, Recipe recipe, InputHashes inputs, NumericContract contract, ImmutableArray<StepHash> trail,
        int epoch)
    {
        (_options, _recipe, _inputs, _contract, Trail, _savedEpoch) = (options, recipe, inputs, contract, trail, epoch);
        _interval = options?.Interval ?? (options?.EveryEpochs is null ? CheckpointOptions.DefaultInterval : null);
    }

    /// <summary>The parameters' hashes after steps 1, 2, 4, 8 and so on: few enough to carry, and any stretch has some.</summary>
    public ImmutableArray<StepHash> Trail { get; private set; }

    /// <summary>Why the checkpoint after the last step could not be written; null where it was, or none was asked for.</summary>
    public IOException? LastFailure { get; private set; }

    public bool IsDue(TrainingState<T> state, bool hasEnded) => IsHashed(state) || IsSaved(state, hasEnded);

    public void OnState(TrainingState<T> state, bool hasEnded)
    {
        if (IsHashed(state))
            Trail = Trail.Add(new StepHash(state.Update.Step, state.Parameters.Hash()));
        if (IsSaved(state, hasEnded))
            Save(_options!, state, hasEnded);
    }

    bool IsHashed(TrainingState<T> state) =>
        long.IsPow2(state.Update.Step) && (Trail.IsEmpty || Trail[^1].Step < state.Update.Step);

    bool IsSaved(TrainingState<T> state, bool hasEnded) => _options is not null && (hasEnded || IsTime(state));

    bool IsTime(TrainingState<T> state) => state.Update.Step > 0
        && ((_interval is { } interval && Stopwatch.GetElapsedTime(_savedAt) >= interval)
            || (state.EpochRows == 0 && state.Epoch - _savedEpoch >= _options!.EveryEpochs));

    /// <summary>
    /// Saves, or ends the training: who asked for checkpoints must not find out at the next interruption that there are none.
    /// Where no step follows, there is no such interruption, and the model must not be lost for it.
    /// </summary>
    void Save(CheckpointOptions options, TrainingState<T> state, bool hasEnded)
    {
        options.Saving?.Invoke();
        try
        {
            Checkpoint.Write(options.Path, state, _recipe, _inputs, _contract, Trail);
        }
        catch (Exception error) when (error is IOException or BackpropException)
        {
            if (!hasEnded)
            {
                throw new IOException(
                    string.Create(
                        CultureInfo.InvariantCulture, $"Training ended after step {state.Update.Step}: {error.Message}"),
                    error);
            }

            LastFailure = error as IOException ?? new IOException(error.Message, error);
        }

        (_savedAt, _savedEpoch) = (Stopwatch.GetTimestamp(), state.Epoch);
    }
}
