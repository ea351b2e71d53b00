using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <content>Prediction.</content>
public sealed partial class Model
{
    const string OneRow = "the row";

    /// <summary>Whether cells such as training never saw are refused; see <see cref="AsStrict"/>.</summary>
    internal bool IsStrict { get; init; }

    /// <summary>
    /// The same model, refusing a cell such as training never saw (a new category, a text among numbers, a word that is neither
    /// yes nor no, a missing cell where none was) instead of counting it in <see cref="Predictions.Unseen"/>.
    /// </summary>
    public Model AsStrict() => new(Core, Recipe) { IsStrict = true };

    /// <summary>
    /// Predicts the rows of a table, which needs the model's <see cref="Columns"/> and no target; none gives none.
    /// </summary>
    /// <exception cref="BackpropException">A column is missing, or of another kind than in training, or a cell is
    /// refused.</exception>
    public Predictions Predict(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        // An empty list of dictionaries cannot say its columns.
        if (table is { RowCount: 0, Columns.Count: 0 })
            return Wrap([]);
        TableMatch match = Match(Named(table, withTarget: false));
        return Wrap(Core.Predict(match.Table), match);
    }

    /// <summary>
    /// Predicts rows of a type of one's own, dictionaries or data rows, see <see cref="Table.From{T}(IEnumerable{T})"/>.
    /// </summary>
    /// <inheritdoc cref="Predict(Table)"/>
    [OverloadResolutionPriority(1)]
    public Predictions Predict<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>(IEnumerable<TRow> rows) =>
        Predict(Table.From(rows));

    /// <summary>
    /// Predicts one row of a type of one's own, or one data row, see <see cref="Table.From{T}(IEnumerable{T})"/>.
    /// </summary>
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

    /// <summary>The table with the model's columns by the names that the model has for them.</summary>
    internal Table Named(Table table, bool withTarget)
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
}
