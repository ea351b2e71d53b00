using System.Globalization;

namespace Backprop;

/// <summary>Measuring a <see cref="Model"/>.</summary>
public static class ModelEvaluating
{
    extension(Model model)
    {
        /// <summary>
        /// Measures the model on rows whose target is known. Where the table has the column of row weights that the model was
        /// trained with, they weigh every figure, and rows of weight 0 are left out. Rows without a target are left out if they
        /// were in training (<see cref="DataRecipe.MissingTarget"/>).
        /// </summary>
        /// <param name="table">The rows.</param>
        /// <exception cref="BackpropException">
        /// A column is missing or of another kind, a target is missing or unknown, a weight is none, or a cell is refused.
        /// </exception>
        public Evaluation Evaluate(Table table) => model.Evaluate(table, null, []);

        /// <summary>The same, where somebody may say what becomes of rows without a target.</summary>
        /// <param name="table">The rows.</param>
        /// <param name="missing">What becomes of rows without a target; null for what training did.</param>
        /// <param name="notes">Receives how many there were, in a sentence for people.</param>
        internal Evaluation Evaluate(Table table, MissingTarget? missing, List<string> notes)
        {
            ArgumentNullException.ThrowIfNull(table);
            DataRecipe data = model.Recipe.Data;
            Table named = model.Named(table, withTarget: true);
            var all = CountedRows.Of(named, data.RowWeights);
            Table known = KnownRows.Of(all.Table, data.Target, missing ?? data.MissingTarget, notes);
            var counted = known == all.Table ? all : CountedRows.Of(known, data.RowWeights);
            var truth = Truth.Of(counted.Table, model.Core.Target, counted.Weights);
            Predictions predictions = model.Predict(counted.Table);
            Evaluation evaluation = model.Evaluate(predictions, truth, SavedBaseline(model));
            evaluation.Unseen = predictions.Unseen;
            evaluation.ZeroWeightRows = all.LeftOut;
            evaluation.IsOfTrainingTable = WasTrainedOn(model, counted.Table);
            return evaluation;
        }

        /// <summary>Measures what the model has predicted.</summary>
        internal Evaluation Evaluate(Predictions predictions, Truth truth, Baseline baseline)
        {
            if (predictions.Count == 0)
                throw new BackpropException("There is no row to measure.");
            Evaluation evaluation = UserMistake.Guard(() => model.Core.Target is ClassTarget classes
                ? new Evaluation(ClassificationMetrics.Measure(
                    classes.Classes, truth.Classes, predictions.All, truth.Weights, PositiveClass(model, classes),
                    baseline.Class))
                : Evaluation.OfNumbers(
                    ((NumberTarget)model.Core.Target).Columns, truth, predictions.All, baseline.Mean));
            evaluation.WeightedBy = truth.Weights.Length == 0 ? null : model.Recipe.Data.RowWeights;
            return evaluation;
        }
    }

    /// <summary>Whether a table's cells are those of the table that the model was trained on, in the same order.</summary>
    static bool WasTrainedOn(Model model, Table table)
    {
        if (!model.HasTraining)
            return false;
        TableHash trained = model.Training.Inputs.Training;
        DataRecipe data = model.Recipe.Data;
        string[] columns =
            [.. model.Columns, .. data.Target, .. data.RowWeights is { } weights ? [weights] : Array.Empty<string>()];
        return table.RowCount == trained.Rows && columns.All(name => table.TryGetColumn(name, out _))
            && TableHash.Of(table, columns).Hash == trained.Hash;
    }

    static int PositiveClass(Model model, ClassTarget target) =>
        Math.Max(0, target.Classes.IndexOf(model.Recipe.Data.Positive ?? ""));

    static Baseline SavedBaseline(Model model)
    {
        string? text = model.Core.Metadata.GetValueOrDefault(Model.BaselineKey);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            return default;
        if (model.Core.Target is NumberTarget)
            return new Baseline(null, value);
        return value >= 0 && value < model.Classes.Length ? new Baseline((int)value, null) : default;
    }
}
