namespace Backprop;

/// <summary>Looking at data before a <see cref="Model"/> is trained on them.</summary>
public static class ModelExamining
{
    extension(Model)
    {
        /// <summary>
        /// Looks at data before they are trained on, and warns of what a training would go wrong by, or seem better by than it
        /// is: columns that give the target away, name rows or say nothing, held-out rows that are trained on, numbers written
        /// as texts, rare classes, held-out files that are different, numbers beyond single precision.
        /// </summary>
        /// <param name="table">The rows.</param>
        /// <param name="targets">The columns to be predicted.</param>
        /// <param name="options">What is wanted; null for the defaults.</param>
        /// <exception cref="BackpropException">Something that was asked does not fit the data.</exception>
        public static IReadOnlyList<DataWarning> Examine(Table table, IReadOnlyList<string> targets, TrainOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(table);
            ArgumentNullException.ThrowIfNull(targets);
            options ??= new TrainOptions();
            return DataDoctor.Examine(DataPlanner.Plan(table, targets, options), ModelTraining.PrecisionOf(options));
        }
    }
}
