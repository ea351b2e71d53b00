using System.Collections.Immutable;
using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Where a notation writes its quantities: knows shapes and names, and turns matrices as the notation has them.
/// </summary>
sealed class QuantitySheet(Explanation explanation)
{
    readonly ImmutableArray<string> _rows =
        [.. explanation.Rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"row {row + 1}"))];

    public List<Quantity> Quantities { get; } = [];

    public List<string> Remarks { get; } = [];

    /// <summary>Whether values of neurons are [neurons, rows], not [rows, neurons].</summary>
    public bool RowsAreColumns { get; init; }

    /// <summary>Whether weights are [out, in], not [in, out].</summary>
    public bool WeightsAreOutFirst { get; init; }

    /// <summary>A formula without numbers.</summary>
    public void Say(QuantityPart part, int? layer, string formula, string meaning) => Quantities.Add(new Quantity
    {
        Part = part,
        Layer = layer,
        Symbol = MathText.From(""),
        Formula = MathText.From(formula),
        Meaning = meaning,
    });

    /// <summary>A value of each neuron (of layer 0: feature) for each row.</summary>
    public void Values(
        QuantityPart part, int layer, string symbol, string? formula, string meaning, ReadOnlyMatrix<double> numbers,
        bool ranks = false) => Quantities.Add(Turned(RowsAreColumns, new Quantity
        {
            Part = part,
            Layer = layer,
            Symbol = MathText.From(symbol),
            Formula = Formula(formula),
            Meaning = meaning,
            Numbers = numbers,
            Lines = QuantityAxis.Rows,
            Columns = QuantityAxis.Neurons,
            LineNames = _rows,
            ColumnNames = Neurons(layer),
            Ranks = ranks,
        }));

    /// <summary>A value of each weight of a layer, given [in, out].</summary>
    public void Weights(
        QuantityPart part, int layer, string symbol, string entry, string? formula, string meaning,
        ReadOnlyMatrix<double> numbers,
        bool ranks = false) => Quantities.Add(Turned(WeightsAreOutFirst, new Quantity
        {
            Part = part,
            Layer = layer,
            Symbol = MathText.From(symbol),
            Formula = Formula(formula),
            Meaning = meaning,
            Numbers = numbers,
            Lines = QuantityAxis.Sources,
            Columns = QuantityAxis.Neurons,
            LineNames = Neurons(layer - 1),
            ColumnNames = Neurons(layer),
            Ranks = ranks,
            EntryPattern = entry,
        }));

    /// <summary>A value of each bias of a layer, given [1, out].</summary>
    public void Biases(
        QuantityPart part, int layer, string symbol, string? formula, string meaning, ReadOnlyMatrix<double> numbers,
        bool ranks = false) => Quantities.Add(Turned(RowsAreColumns, new Quantity
        {
            Part = part,
            Layer = layer,
            Symbol = MathText.From(symbol),
            Formula = Formula(formula),
            Meaning = meaning,
            Numbers = numbers,
            Lines = QuantityAxis.One,
            Columns = QuantityAxis.Neurons,
            LineNames = [""],
            ColumnNames = Neurons(layer),
            Ranks = ranks,
        }));

    /// <summary>A value of each entry of a table of embeddings, given [categories, columns].</summary>
    /// <param name="part">Where it stands.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="table">The table, its number and the first of the layer's neurons that it gives, both counted from 1.</param>
    /// <param name="text">Symbol, formula and meaning.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="ranks">Whether the largest entries are chosen by it.</param>
    public void Table(
        QuantityPart part, int layer, (int Number, int First) table,
        (string Symbol, string Entry, string? Formula, string Meaning) text, ReadOnlyMatrix<double> numbers, bool ranks) =>
        Quantities.Add(new Quantity
        {
            Part = part,
            Layer = layer,
            Symbol = MathText.From(text.Symbol),
            Formula = Formula(text.Formula),
            Meaning = text.Meaning,
            Numbers = numbers,
            Lines = QuantityAxis.Categories,
            Columns = QuantityAxis.Neurons,
            LineNames = [.. Enumerable.Range(1, numbers.Rows).Select(i => CategoryName(table.Number - 1, i))],
            ColumnNames = [.. Neurons(layer).Skip(table.First - 1).Take(numbers.Columns)],
            Ranks = ranks,
            EntryPattern = text.Entry,
            Table = table.Number,
        });

    /// <summary>A number for each row.</summary>
    public void Rows(QuantityPart part, string symbol, string? formula, string meaning, IReadOnlyList<double> numbers) =>
        OfRows(part, null, symbol, formula, meaning, numbers);

    /// <summary>A number of a layer, or of the whole network, for each row.</summary>
    public void OfRows(
        QuantityPart part, int? layer, string symbol, string? formula, string meaning, IReadOnlyList<double> numbers) =>
        Quantities.Add(new Quantity
        {
            Part = part,
            Layer = layer,
            Symbol = MathText.From(symbol),
            Formula = Formula(formula),
            Meaning = meaning,
            Numbers = Numbers.Column(numbers),
            Lines = QuantityAxis.Rows,
            Columns = QuantityAxis.One,
            LineNames = _rows,
            ColumnNames = [""],
        });

    /// <summary>One number.</summary>
    public void Total(QuantityPart part, string symbol, string? formula, string meaning, double number) =>
        Quantities.Add(new Quantity
        {
            Part = part,
            Layer = null,
            Symbol = MathText.From(symbol),
            Formula = Formula(formula),
            Meaning = meaning,
            Numbers = Numbers.Column([number]),
            LineNames = [""],
            ColumnNames = [""],
        });

    static MathText? Formula(string? latex) => latex is null ? null : MathText.From(latex);

    /// <summary>The neurons of a layer by number, inputs and outputs by name too.</summary>
    ImmutableArray<string> Neurons(int layer)
    {
        ImmutableArray<string> names = layer == 0 ? explanation.Features
            : layer == explanation.Layers.Length ? explanation.Outputs : [];
        int count = layer == 0 ? explanation.Features.Length : explanation.Layers[layer - 1].Width;
        return [.. Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{i + 1}{(names.IsEmpty ? "" : " " + names[i])}"))];
    }

    /// <summary>A category by number, and by name where there is one; the last is what none of them is.</summary>
    string CategoryName(int code, int number)
    {
        ImmutableArray<string> names = code < explanation.Categories.Length ? explanation.Categories[code] : [];
        string name = number <= names.Length ? names[number - 1] : "unknown";
        return string.Create(CultureInfo.InvariantCulture, $"{number} {name}");
    }

    static Quantity Turned(bool turn, Quantity quantity) => !turn ? quantity : quantity with
    {
        Numbers = Numbers.Transposed(quantity.Numbers!),
        Lines = quantity.Columns,
        Columns = quantity.Lines,
        LineNames = quantity.ColumnNames,
        ColumnNames = quantity.LineNames,
    };
}
