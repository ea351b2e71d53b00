using System.Globalization;

namespace Backprop;

/// <summary>Columns that are made of another one.</summary>
public sealed partial class Column
{
    /// <summary>
    /// The same cells as categories: for a column of numbers, one category for each different number, written shortest, in
    /// order of first appearance.
    /// </summary>
    /// <param name="limit">The most categories.</param>
    /// <exception cref="BackpropException">There are more different numbers than <paramref name="limit"/>.</exception>
    /// <exception cref="InvalidOperationException">The kind is Text.</exception>
    public Column ToCategory(int limit = 1000)
    {
        if (HasCategories)
            return this;
        NumberStore numbers = Numbers();
        var codes = new Dictionary<double, int>();
        var texts = new List<string>();
        var store = new NumberStore(NumberStore.BlockShiftFor(1));
        for (int row = 0; row < Count; row++)
        {
            double number = numbers[row];
            if (double.IsNaN(number))
            {
                store.Add(double.NaN);
                continue;
            }

            if (!codes.TryGetValue(number, out int code))
            {
                if (texts.Count == limit)
                {
                    throw new BackpropException(
                        $"Column '{Name}' has more than {limit} different values, too many for categories.");
                }

                code = texts.Count;
                codes.Add(number, code);
                texts.Add((number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture));
            }

            store.Add(code);
        }

        store.Close();
        return new Column(Name, ColumnKind.Category, Count, MissingCount, store, texts) { Texts = _texts };
    }

    /// <summary>The cells of some rows, in the order given, with the categories that occur in them.</summary>
    internal Column Take(int[] rows)
    {
        var values = _values is null ? null : new NumberStore(NumberStore.BlockShiftFor(1));
        var places = new Dictionary<double, int>();
        int missing = 0;
        foreach (int row in values is null ? [] : rows)
        {
            double value = _values![row];
            missing += double.IsNaN(value) ? 1 : 0;
            bool isCode = HasCategories && !double.IsNaN(value);
            if (isCode)
                places.TryAdd(value, places.Count);
            values!.Add(isCode ? places[value] : value);
        }

        TextStore? texts = _texts is null ? null : new TextStore();
        foreach (int row in _texts is null ? [] : rows)
            texts!.Add(_texts![row]);
        values?.Close();
        texts?.Close();
        return new Column(
            Name, Kind, rows.Length, missing, values, [.. places.Keys.Select(code => _categories[(int)code])])
        {
            Texts = texts,
            Reason = Reason,
            IsPixel = IsPixel,
            SampleTexts = SampleTexts,
            MissingText = MissingText,
            NumberFormat = NumberFormat,
            Refusal = Refusal,
            IsKindGiven = IsKindGiven,
            NumberCells = NumberCells,
            Strays = Strays?.Take(rows),
        };
    }

    /// <summary>The same column by another name.</summary>
    internal Column Named(string name) => new(name, Kind, Count, MissingCount, _values, _categories)
    {
        Texts = _texts,
        Reason = Reason,
        IsPixel = IsPixel,
        SampleTexts = SampleTexts,
        Strays = Strays,
    };

    /// <summary>The same column with the text of its cells.</summary>
    internal Column WithTexts(TextStore texts) => new(Name, Kind, Count, MissingCount, _values, _categories)
    {
        Texts = texts,
        Reason = Reason,
        SampleTexts = SampleTexts,
    };

    /// <summary>The same codes as categories of other texts, which may say one thing twice.</summary>
    internal Column WithCategories(IReadOnlyList<string> categories) =>
        new(Name, ColumnKind.Category, Count, MissingCount, Codes(), categories) { Texts = _texts };
}
