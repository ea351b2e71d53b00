using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>The single numbers of where a training stands, as a checkpoint writes them.</summary>
sealed record CheckpointPosition
{
    /// <summary>How many steps were taken.</summary>
    public required long Step { get; init; }

    /// <summary>How many steps there are if nothing stops it.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>The epoch of the next step, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>How many rows of it were taken.</summary>
    public required int EpochRows { get; init; }

    /// <summary>How many rows were taken in all.</summary>
    public required long RowsTaken { get; init; }

    /// <summary>The last finished epoch's loss.</summary>
    public required double Loss { get; init; }

    /// <summary>The epoch's loss so far: its rounded sum and what rounding left out.</summary>
    public required ImmutableArray<double> EpochSum { get; init; }

    /// <summary>The best epoch, 0 before the first.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Its watched metric.</summary>
    public required double BestValue { get; init; }

    /// <summary>The optimizer's running products.</summary>
    public required ImmutableArray<double> Scalars { get; init; }

    /// <summary>Where the schedule plateau stands.</summary>
    public required PlateauState Plateau { get; init; }

    /// <summary>Where a training stands.</summary>
    public static CheckpointPosition Of<T>(TrainingState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double sum, double correction) = state.EpochSum.Parts;
        return new CheckpointPosition
        {
            Step = state.Update.Step,
            TotalSteps = state.TotalSteps,
            Epoch = state.Epoch,
            EpochRows = state.EpochRows,
            RowsTaken = state.RowsTaken,
            Loss = state.Loss,
            EpochSum = [sum, correction],
            BestEpoch = state.Best.Epoch,
            BestValue = state.Best.Value,
            Scalars = [.. state.Update.Scalars],
            Plateau = state.Update.Plateau,
        };
    }

    /// <summary>Puts a state there; false where it cannot stand there.</summary>
    /// <param name="state">The state.</param>
    /// <param name="options">The training's options.</param>
    /// <param name="rows">How many rows are trained on; null where it is not known.</param>
    public bool Restore<T>(TrainingState<T> state, TrainingOptions options, int? rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsInRange(options.Epochs) || (rows is { } count && !IsBetweenSteps(options, count))
            || Scalars.Length != state.Update.Scalars.Length)
        {
            return false;
        }

        state.Update.Step = Step;
        state.TotalSteps = TotalSteps;
        Scalars.CopyTo(state.Update.Scalars);
        state.Update.Plateau = Plateau;
        (state.Epoch, state.EpochRows, state.RowsTaken, state.Loss) = (Epoch, EpochRows, RowsTaken, Loss);
        state.EpochSum = new CompensatedSum(EpochSum[0], EpochSum[1]);
        if (BestEpoch > 0)
            state.Best.Set(BestEpoch, BestValue, state.Parameters);
        return true;
    }

    /// <summary>Whether each number is one that it can be.</summary>
    bool IsInRange(int epochs) =>
        Step >= 0 && TotalSteps >= Step && Epoch >= 1 && Epoch <= epochs + 1L && EpochRows >= 0 && RowsTaken >= 0
        && BestEpoch >= 0 && BestEpoch < Epoch && Plateau.Waited >= 0 && Plateau.Factor >= 0 && double.IsFinite(Plateau.Factor)
        && !EpochSum.IsDefault && EpochSum.Length == 2 && EpochSum.All(double.IsFinite)
        && !Scalars.IsDefault && Scalars.All(double.IsFinite);

    /// <summary>Whether a training of so many rows is there between two steps.</summary>
    bool IsBetweenSteps(TrainingOptions options, int rows)
    {
        int batch = options.BatchOf(rows);
        long steps = (rows + (long)batch - 1) / batch;
        return EpochRows < rows && EpochRows % batch == 0 && (EpochRows == 0 || Epoch <= options.Epochs)
            && Step == (Epoch - 1) * steps + EpochRows / batch && TotalSteps == options.Epochs * steps
            && RowsTaken == (Epoch - 1L) * rows + EpochRows;
    }
}
