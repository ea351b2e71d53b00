namespace Backprop;

/// <summary>The <see cref="Model"/> that a <see cref="Checkpoint"/> stands at.</summary>
public static class CheckpointedModel
{
    extension(Checkpoint checkpoint)
    {
        /// <summary>The model as it stands: of the last step, not of the best epoch.</summary>
        /// <param name="table">The table that is trained on.</param>
        /// <param name="options">The other inputs: validation and test tables, the model that training started from.</param>
        /// <exception cref="BackpropException">The inputs are not those of the training, or the file is damaged.</exception>
        public Model ToModel(Table table, TrainOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(table);
            options = (options ?? new TrainOptions()) with { Recipe = checkpoint.Recipe, Contract = checkpoint.Contract };
            return checkpoint.Recipe.Precision == Precision.Double
                ? new TrainingSession<double>(table, checkpoint.Recipe.Data.Target, options).ModelAt(checkpoint)
                : new TrainingSession<float>(table, checkpoint.Recipe.Data.Target, options).ModelAt(checkpoint);
        }
    }
}
