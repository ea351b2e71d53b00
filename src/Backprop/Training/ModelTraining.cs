using Backprop.Engine;

namespace Backprop;

/// <summary>Training a <see cref="Model"/>, and the recipe that it is trained by.</summary>
public static class ModelTraining
{
    extension(Model)
    {
        /// <summary>Trains a model.</summary>
        /// <param name="table">The rows.</param>
        /// <param name="target">The column to be predicted.</param>
        /// <param name="options">What is wanted; null for the defaults.</param>
        /// <param name="run">Threads, progress, cancellation: what changes no bit of the model.</param>
        /// <exception cref="BackpropException">Something that was asked does not fit the data.</exception>
        /// <exception cref="TrainingDivergedException">The loss is not finite any more.</exception>
        /// <exception cref="OperationCanceledException">It was cancelled before its first step, so there is no model.</exception>
        /// <exception cref="IOException">A checkpoint cannot be written, and steps are left; the one before stands.</exception>
        public static TrainedModel Train(Table table, string target, TrainOptions? options = null, RunOptions run = default) =>
            Model.Train(table, [target], options, run);

        /// <summary>Trains a model of several numbers.</summary>
        /// <inheritdoc cref="Train(Table, string, TrainOptions?, RunOptions)"/>
        /// <param name="table">The rows.</param>
        /// <param name="targets">The columns to be predicted.</param>
        /// <param name="options">What is wanted; null for the defaults.</param>
        /// <param name="run">Threads, progress, cancellation: what changes no bit of the model.</param>
        public static TrainedModel Train(
            Table table, IReadOnlyList<string> targets, TrainOptions? options = null, RunOptions run = default)
        {
            ArgumentNullException.ThrowIfNull(table);
            ArgumentNullException.ThrowIfNull(targets);
            options ??= new TrainOptions();
            if (run.Resume is { } resume)
                options = options with { Contract = resume.Contract };
            TrainedModel trained = PrecisionOf(options) == Precision.Double
                ? new TrainingSession<double>(table, targets, options).Train(run)
                : new TrainingSession<float>(table, targets, options).Train(run);
            return trained is { Steps: 0, Stopped: StopReason.Cancelled }
                ? throw new OperationCanceledException("The training was cancelled before its first step.", run.Cancellation)
                : trained;
        }

        /// <summary>The recipe that <see cref="Train(Table, string, TrainOptions?, RunOptions)"/> would train by.</summary>
        /// <inheritdoc cref="Train(Table, IReadOnlyList{string}, TrainOptions?, RunOptions)"/>
        public static Recipe Resolve(Table table, IReadOnlyList<string> targets, TrainOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(table);
            ArgumentNullException.ThrowIfNull(targets);
            options ??= new TrainOptions();
            return PrecisionOf(options) == Precision.Double
                ? new TrainingSession<double>(table, targets, options).Recipe
                : new TrainingSession<float>(table, targets, options).Recipe;
        }
    }

    /// <summary>The element type that is trained in.</summary>
    internal static Precision PrecisionOf(TrainOptions options) =>
        options.Precision ?? options.Recipe?.Precision ?? Precision.Single;
}
