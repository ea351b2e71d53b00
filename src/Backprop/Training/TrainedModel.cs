using Backprop.Engine;

namespace Backprop;

/// <summary>What a training gives: the model, and how it went.</summary>
public sealed class TrainedModel
{
    internal TrainedModel()
    {
    }

    /// <summary>The model: of the best epoch where there was a validation, else of the last.</summary>
    public required Model Model { get; init; }

    /// <summary>The training rows.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>The rows of the table that training rows (and fractions held out of it) came from.</summary>
    public required int Rows { get; init; }

    /// <summary>How many rows of weight 0 were left out of all tables before anything was learnt or measured.</summary>
    public required int ZeroWeightRows { get; init; }

    /// <summary>The number of features, the network's inputs.</summary>
    public required int Features { get; init; }

    /// <summary>What was inferred, encoded and left out, in sentences for people.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>
    /// What is suspicious about the model on rows that it did not learn from; looked for where <see cref="RunOptions.Started"/>
    /// is told what is about the data.
    /// </summary>
    public required IReadOnlyList<DataWarning> Warnings { get; init; }

    /// <summary>How many epochs were finished.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch that the model is of.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>How many steps were taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Why the training ended.</summary>
    public required StopReason Stopped { get; init; }

    /// <summary>The mean loss of the training rows in the last finished epoch; NaN where none was finished.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>The model on the validation rows, which decided which epoch is best; null without them.</summary>
    public required Evaluation? Validation { get; init; }

    /// <summary>The model on the test rows, by which nothing was chosen; null without them.</summary>
    public required Evaluation? Test { get; init; }

    /// <summary>
    /// Why the last checkpoint could not be written when no step was left, or the training was cancelled: the model is there all
    /// the same, and what stood in the checkpoint's place stands. Null where it was written, or none was asked for.
    /// </summary>
    public IOException? CheckpointFailure { get; init; }

    /// <summary>How long the training took, without reading and encoding.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Training rows taken per second, validation included.</summary>
    public double RowsPerSecond { get; init; }
}
