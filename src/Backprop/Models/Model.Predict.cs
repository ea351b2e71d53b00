using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <content>Prediction and measuring.</content>
public sealed partial class Model
{
    const string OneRow = "the row";

    /// <summary>Whether cells such as training never saw are refused; see <see cref="AsStrict"/>.</summary>
    internal bool IsStrict { get; init; }

    /// <summary>
    /// The same model, refusing a cell such as training never saw (a new category, a text among numbers, a word that is neither yes
    /// nor no, a missing cell where none was) instead of counting it in <see cref="Predictions.Unseen"/>.
    /// </summary>
    public Model AsStrict() => new(Core, Recipe) { IsStrict = true };

    /// <summary>Predicts the rows of a table, which needs the model's <see cref="Columns"/> and no target; none gives none.</summary>
    /// <exception cref="BackpropException">A column is missing, or of another kind than in training, or a cell is refused.</exception>
    public Predictions Predict(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        // An empty list of dictionaries cannot say its columns.
        if (table is { RowCount: 0, Columns.Count: 0 })
            return Wrap([]);
        TableMatch match = Match(Named(table, withTarget: false));
        return Wrap(Core.Predict(match.Table), match);
    }

    /// <summary>Predicts rows of a type of one's own, dictionaries or data rows, see <see cref="Table.From{T}(IEnumerable{T})"/>.</summary>
    /// <inheritdoc cref="Predict(Table)"/>
    [OverloadResolutionPriority(1)]
    public Predictions Predict<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>(IEnumerable<TRow> rows) =>
        Predict(Table.From(rows));

    /// <summary>Predicts one row of a type of one's own, or one data row, see <see cref="Table.From{T}(IEnumerable{T})"/>.</summary>
    /// <inheritdoc cref="Predict(Table)"/>
    public Prediction Predict<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>(TRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Predict(ObjectTableReader.Read<TRow>([row], OneRow))[0];
    }

    /// <summary>Predicts one row that is a dictionary from names of columns to cells.</summary>
    /// <inheritdoc cref="Predict(Table)"/>
    [OverloadResolutionPriority(3)]
    public Prediction Predict(IDictionary row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Predict(KeyedTableReader.Read<IDictionary>([row], OneRow))[0];
    }

    /// <summary>Predicts one row that is a dictionary from names of columns to cells.</summary>
    /// <inheritdoc cref="Predict(Table)"/>
    [OverloadResolutionPriority(2)]
    public Prediction Predict(IEnumerable<KeyValuePair<string, object?>> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Predict(KeyedTableReader.Read<IEnumerable<KeyValuePair<string, object?>>>([row], OneRow))[0];
    }

    /// <summary>
    /// Measures the model on rows whose target is known. Where the table has the column of row weights that the model was trained
    /// with, they weigh every figure, and rows of weight 0 are left out. Rows without a target are left out if they were in training
    /// (<see cref="DataRecipe.MissingTarget"/>).
    /// </summary>
    /// <exception cref="BackpropException">
    /// A column is missing or of another kind, a target is missing or unknown, a weight is none, or a cell is refused.
    /// </exception>
    public Evaluation Evaluate(Table table) => Evaluate(table, null, []);

    /// <inheritdoc cref="Evaluate(Table)"/>
    /// <param name="table">The rows.</param>
    /// <param name="missing">What becomes of rows without a target; null for what training did.</param>
    /// <param name="notes">Receives how many there were, in a sentence for people.</param>
    internal Evaluation Evaluate(Table table, MissingTarget? missing, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(table);
        Table named = Named(table, withTarget: true);
        var all = CountedRows.Of(named, Recipe.Data.RowWeights);
        Table known = KnownRows.Of(all.Table, Recipe.Data.Target, missing ?? Recipe.Data.MissingTarget, notes);
        var counted = known == all.Table ? all : CountedRows.Of(known, Recipe.Data.RowWeights);
        var truth = Truth.Of(counted.Table, Core.Target, counted.Weights);
        Predictions predictions = Predict(counted.Table);
        Evaluation evaluation = Evaluate(predictions, truth, SavedBaseline());
        evaluation.Unseen = predictions.Unseen;
        evaluation.ZeroWeightRows = all.LeftOut;
        evaluation.IsOfTrainingTable = WasTrainedOn(counted.Table);
        return evaluation;
    }

    /// <summary>The table with the model's columns by the names that the model has for them.</summary>
    Table Named(Table table, bool withTarget)
    {
        DataRecipe data = Recipe.Data;
        IEnumerable<string> wanted = withTarget ? Columns.Concat(data.Target) : Columns;
        return LooseNames.Find(table, [.. withTarget && data.RowWeights is { } weights ? wanted.Append(weights) : wanted]);
    }

    /// <summary>The table as the encoders take it.</summary>
    internal TableMatch Match(Table table, int[]? rows = null)
    {
        TableMatch match = CellFault.In(table, () => TableMatch.Of(table, Core.Encoder, rows));
        return IsStrict && match.Unseen is [var first, ..] ? throw first.Refusal(table) : match;
    }

    internal Predictions Wrap(double[] decoded, TableMatch? match = null) => Core.Target is NumberTarget numbers
        ? new Predictions(decoded, numbers.Columns.Length, numbers.Columns, [], Core.IsDouble || numbers.InDouble)
        {
            Unseen = match?.Unseen ?? [],
        }
        : new Predictions(decoded, Classes.Length, [((ClassTarget)Core.Target).Column], Classes, Core.IsDouble)
        {
            Unseen = match?.Unseen ?? [],
        };

    internal Evaluation Evaluate(Predictions predictions, Truth truth, Baseline baseline)
    {
        if (predictions.Count == 0)
            throw new BackpropException("There is no row to measure.");
        Evaluation evaluation = UserMistake.Guard(() => Core.Target is ClassTarget classes
            ? new Evaluation(ClassificationMetrics.Measure(
                classes.Classes, truth.Classes, predictions.All, truth.Weights, PositiveClass(classes), baseline.Class))
            : Evaluation.OfNumbers(((NumberTarget)Core.Target).Columns, truth, predictions.All, baseline.Mean));
        evaluation.WeightedBy = truth.Weights.Length == 0 ? null : Recipe.Data.RowWeights;
        return evaluation;
    }
}
