namespace Backprop;

/// <summary>Training a <see cref="Model"/> again.</summary>
public static class ModelReproducing
{
    extension(Model model)
    {
        /// <summary>
        /// Trains the model again from the recipe that it carries, and compares the bits: the data's hashes, the recipe, the
        /// parameters along the way and at the end, the metrics, the file.
        /// </summary>
        /// <param name="table">The table that it was trained on.</param>
        /// <param name="options">The other inputs: validation and test tables, the model that training started from. Anything
        /// else that is said here and not in the model's recipe is found to differ.</param>
        /// <param name="run">Threads, progress, cancellation: what changes no bit.</param>
        /// <param name="steps">Train only so many first steps again, and compare with the hashes recorded along the way; null for
        /// all.</param>
        /// <exception cref="BackpropException">The table does not have what the recipe needs, or the model has no record of its
        /// training.</exception>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
        public Reproduction Reproduce(Table table, TrainOptions? options = null, RunOptions run = default, long? steps = null) =>
            model.Reproduce(table, model.Recipe.Data.Target, options, run, steps);

        internal Reproduction Reproduce(
            Table table, IReadOnlyList<string> targets, TrainOptions? options, RunOptions run, long? steps)
        {
            ArgumentNullException.ThrowIfNull(table);
            if (steps is { } count)
                ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(steps));
            options ??= new TrainOptions();
            var contract = new NumericContract(model.NumericVersion);
            options = options with
            {
                Recipe = options.Recipe ?? model.Recipe,
                Contract = contract.IsKnown ? contract : NumericContract.Current,
            };
            var reproducer = new Reproducer(model, steps, run);
            return ModelTraining.PrecisionOf(options) == Precision.Double
                ? reproducer.Run<double>(table, targets, options)
                : reproducer.Run<float>(table, targets, options);
        }
    }
}
