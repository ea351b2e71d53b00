using System.Collections.Immutable;

namespace Backprop;

/// <summary>
/// A column as a model's encoder takes it. A table read for prediction may have inferred another kind than the training table
/// did (numbers for categories, texts for numbers, free text); where the cells still mean the same, they are taken, and where
/// training saw none like them, that is said.
/// </summary>
/// <param name="Column">The column, of numbers or of categories that the encoder knows.</param>
/// <param name="Unseen">The cells that training saw none like.</param>
readonly record struct ColumnMatch(Column Column, ImmutableArray<UnseenCells> Unseen)
{
    /// <summary>The match of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="encoder">What takes it.</param>
    /// <param name="rows">The rows that matter, or null for all.</param>
    /// <exception cref="BackpropException">
    /// The column can be read in two ways, was taken for free text and its text not kept, or no cell is a number where numbers
    /// are needed. </exception>
    public static ColumnMatch Of(Column column, ColumnEncoder encoder, int[]? rows)
    {
        if (column.Refusal is { } refusal)
            throw new BackpropException(refusal);

        // A column of nothing but missing cells serves as either.
        bool isAllMissing = column.MissingCount == column.Count && column.Strays is null;
        if (!isAllMissing && column is { Kind: ColumnKind.Text, HasText: false })
            throw FreeText(column, encoder);
        ColumnMatch match = isAllMissing ? new(column, [])
            : encoder.TakesText ? Categories(column, encoder, rows) : Numbers(column, encoder, rows);
        return new UnseenSearch(encoder, column, rows).Missing() is { } missing
            ? match with { Unseen = match.Unseen.Add(missing) }
            : match;
    }

    static ColumnMatch Categories(Column column, ColumnEncoder encoder, int[]? rows)
    {
        Column texts = column.Kind is ColumnKind.Category or ColumnKind.YesNo ? column : AsCategories(column);
        var known = new KnownTexts(encoder);
        string?[] meanings = [.. texts.Categories.Select(known.Find)];
        bool isSame = meanings.AsSpan().SequenceEqual([.. texts.Categories]);
        Column matched = isSame
            ? texts
            : texts.WithCategories([.. meanings.Zip(texts.Categories, (meaning, text) => meaning ?? text)]);
        UnseenCells? unseen = meanings.AsSpan().Contains(null) ? new UnseenSearch(encoder, texts, rows).NewTexts(meanings) : null;
        return new(matched, unseen is null ? [] : [unseen]);
    }

    static ColumnMatch Numbers(Column column, ColumnEncoder encoder, int[]? rows)
    {
        Column numbers = column.Kind is ColumnKind.Number or ColumnKind.Identifier ? column : AsNumbers(column);
        return new(numbers, new UnseenSearch(encoder, numbers, rows).NoNumbers() is { } strays ? [strays] : []);
    }

    /// <summary>The numbers that texts are, those that are none as strays.</summary>
    static Column AsNumbers(Column column)
    {
        Column texts = column.Kind == ColumnKind.Text ? AsCategories(column) : column;
        double[] numbers = [.. texts.Categories.Select(Number)];
        if (numbers.All(double.IsNaN))
        {
            throw new BackpropException(
                $"The column '{column.Name}' holds {(column.Kind == ColumnKind.YesNo ? "yes and no" : "texts")} here, but the "
                + "model was trained with numbers in it.");
        }

        var builder = new ColumnBuilder(column.Name, columns: 1);
        for (int row = 0; row < texts.Count; row++)
        {
            int code = texts.Category(row);
            if (code < 0)
                builder.AddMissing();
            else if (double.IsNaN(numbers[code]))
                builder.AddStray(texts.Categories[code]);
            else
                builder.AddNumber(numbers[code]);
        }

        return builder.FinishNumbers(ColumnKind.Number, texts: null);
    }

    static double Number(string text) =>
        NumberText.Parse(text, '.', out double number) == NumberSyntax.Finite ? number : double.NaN;

    /// <summary>
    /// The texts of a column of numbers or of free text. Text that was kept says more than the number: 0010 is not 10.
    /// </summary>
    static Column AsCategories(Column column)
    {
        var builder = new ColumnBuilder(column.Name, columns: 1, unlimited: true);
        for (int row = 0; row < column.Count; row++)
        {
            string text = column.Kind != ColumnKind.Text && column.IsMissing(row) ? "" : column.Text(row);
            if (text.Length == 0)
                builder.AddMissing();
            else
                builder.AddText(text);
        }

        return builder.FinishTexts(ColumnKind.Category, texts: null);
    }

    static BackpropException FreeText(Column column, ColumnEncoder encoder)
    {
        string kind = encoder.TakesText ? "category" : "number";
        return new(
            $"The column '{column.Name}' was left out here ({column.Reason}), but the model was trained with it; give it as "
            + $"{kind} (--types {FlagText.Of(column.Name, kind)}).");
    }
}
