using System.Globalization;

namespace Backprop.Cli;

/// <summary>Tables of quantities that belong side by side, cut to what reads well; each says what it leaves out.</summary>
sealed class PageTables(Explanation explanation, PageSelection selection)
{
    /// <summary>With more rows than these, a table of rows side by side is wider than a terminal.</summary>
    const int RowsSideBySide = 7;

    const int SmallMatrix = 6;

    public static bool IsOfNeurons(Quantity quantity) => quantity.Numbers is not null
        && (quantity.Lines == QuantityAxis.Neurons || quantity.Columns == QuantityAxis.Neurons) && !IsOfWeights(quantity);

    public static bool IsOfWeights(Quantity quantity) =>
        quantity.Lines is QuantityAxis.Sources or QuantityAxis.Categories || quantity.Columns == QuantityAxis.Sources;

    public static bool IsSmall(Quantity quantity) => quantity.Numbers is { Rows: <= SmallMatrix, Columns: <= SmallMatrix };

    /// <summary>A matrix's cells for people.</summary>
    public static string[][] Cells(Quantity quantity)
    {
        double[,] numbers = quantity.Numbers!.ToArray();
        string[] all = PageNumbers.Of([.. numbers.Cast<double>()]);
        return [.. all.Chunk(numbers.GetLength(1))];
    }

    /// <summary>A number as LaTeX has it.</summary>
    public static string Latex(string number)
    {
        int e = number.IndexOf('e', StringComparison.Ordinal);
        return e < 0 || !char.IsAsciiDigit(number[^1])
            ? number
            : $@"{number[..e]} \cdot 10^{{{int.Parse(number.AsSpan(e + 1), CultureInfo.InvariantCulture)}}}";
    }

    /// <summary>The encoded inputs with the column and cell they come from.</summary>
    public IEnumerable<PageTable> Inputs(Quantity inputs)
    {
        if (explanation.Rows.Length > 1)
        {
            yield return Cells();
            foreach (PageTable table in Neurons(0, [inputs]))
                yield return table;
            yield break;
        }

        int[] shown = Largest(explanation.Features.Length, selection.Lines, i => At(inputs, i, 0));
        string[] values = PageNumbers.Of([.. shown.Select(i => At(inputs, i, 0))]);
        var lines = new List<MathText[]>();
        ExplainedColumn? last = null;
        for (int i = 0; i < shown.Length; i++)
        {
            ExplainedColumn column = explanation.Columns.Last(candidate => candidate.FirstFeature <= shown[i]);
            bool isNew = !ReferenceEquals(column, last);
            string cell = column.Cells[0].Length == 0 ? "(missing)" : column.Cells[0];
            lines.Add(Line([isNew ? column.Name : "", isNew ? cell : "", NameOf(inputs, shown[i])], [values[i]]));
            last = column;
        }

        foreach (string name in explanation.CodeColumns)
        {
            ExplainedColumn column = explanation.Columns.First(candidate => candidate.Name == name);
            lines.Add(Line([name, column.Cells[0].Length == 0 ? "(missing)" : column.Cells[0], "embedded"], [""]));
        }

        yield return new PageTable
        {
            Titles = [.. Plain("column", "cell", "feature"), inputs.Symbol],
            Words = 3,
            Lines = lines,
            LeftOut = LeftOut(shown.Length, explanation.Features.Length, "features", inputs.Symbol),
        };
    }

    /// <summary>Quantities with a number for each row.</summary>
    public IEnumerable<PageTable> Rows(Quantity[] quantities)
    {
        if (quantities.Length == 0)
            yield break;

        int rows = explanation.Rows.Length;
        int[] shown = Largest(rows, selection.Lines, i => quantities[0].Numbers![i, 0]);
        yield return new PageTable
        {
            Titles =
            [
                .. Plain("row"),
                .. explanation.TargetColumns.Select(PageTable.Plain),
                .. quantities.Select(quantity => quantity.Symbol),
            ],
            Words = 1 + explanation.TargetColumns.Length,
            Lines = Lines(
                [.. shown.Select(i => (string[])[RowNumber(i), .. explanation.TargetCells[i]])],
                [.. quantities.Select(quantity => shown.Select(i => quantity.Numbers![i, 0]))]),
            LeftOut = LeftOut(shown.Length, rows, "rows", quantities[0].Symbol),
        };
    }

    /// <summary>
    /// Quantities of a layer's neurons: a line for each neuron. Of one row they stand side by side; of several, each has a
    /// table of its own with the rows side by side.
    /// </summary>
    public IEnumerable<PageTable> Neurons(int? layer, Quantity[] quantities)
    {
        if (quantities.Length == 0)
            yield break;

        string what = layer == 0 ? "feature" : "neuron";
        if (explanation.Rows.Length == 1)
        {
            yield return NeuronTable(what, quantities, [.. quantities.Select(quantity => (quantity, 0, quantity.Symbol))], null);
            yield break;
        }

        for (int i = 0; i < quantities.Length; i++)
        {
            int rows = IsOfRows(quantities[i]) ? explanation.Rows.Length : 1;
            int shown = selection.Top is 0 ? rows : Math.Min(rows, RowsSideBySide);
            var columns = new List<(Quantity Quantity, int Row, MathText Title)>();
            for (int row = 0; row < shown; row++)
            {
                columns.Add(
                    (quantities[i], row, rows == 1 ? quantities[i].Symbol : Join(quantities[i].Symbol, RowNumber(row), row)));
            }

            while (i + 1 < quantities.Length && !IsOfRows(quantities[i + 1]))
                columns.Add((quantities[++i], 0, quantities[i].Symbol));
            string? leftOut = shown < rows ? $"{rows - shown} of {rows} rows are left out; --top 0 shows all." : null;
            yield return NeuronTable(what, [columns[0].Quantity], columns, leftOut);
        }
    }

    /// <summary>Quantities of a layer's weights: a line for each of the largest entries.</summary>
    public IEnumerable<PageTable> Weights(Quantity[] quantities)
    {
        if (quantities.Length == 0)
            yield break;

        Quantity first = quantities[0];
        Quantity ranking = quantities.FirstOrDefault(quantity => quantity.Ranks) ?? first;
        int columns = first.Numbers!.Columns;
        bool outFirst = first.Lines == QuantityAxis.Neurons;
        int[] all = [.. Enumerable.Range(0, first.Numbers.Rows * columns).Where(entry =>
            selection.Neuron is not { } neuron || (outFirst ? entry / columns : entry % columns) == neuron - 1)];
        int[] shown = [.. all.OrderByDescending(entry => Size(ranking.Numbers![entry / columns, entry % columns]))
            .Take(selection.Entries)];
        string[][] numbers = [.. quantities.Select(quantity =>
            PageNumbers.Of([.. shown.Select(entry => quantity.Numbers![entry / columns, entry % columns])]))];
        var lines = new List<MathText[]>();
        for (int i = 0; i < shown.Length; i++)
        {
            (int line, int column) = (shown[i] / columns, shown[i] % columns);
            (string from, string to) = outFirst
                ? (first.ColumnNames[column], first.LineNames[line])
                : (first.LineNames[line], first.ColumnNames[column]);
            lines.Add(
            [
                first.Entry(line, column), PageTable.Plain(from), PageTable.Plain(to),
                .. numbers.Select(column => PageTable.Plain(column[i])),
            ]);
        }

        yield return new PageTable
        {
            Titles = [.. Plain("entry", "from", "to"), .. quantities.Select(quantity => quantity.Symbol)],
            Words = 3,
            Lines = lines,
            LeftOut = LeftOut(shown.Length, all.Length, "entries", ranking.Symbol),
        };
    }

    /// <summary>How far each column pushed the loss.</summary>
    public IEnumerable<PageTable> Columns()
    {
        int[] shown = [.. Enumerable.Range(0, explanation.Columns.Length)
            .OrderByDescending(i => Size(explanation.Columns[i].Push)).Take(selection.Lines)];
        int rows = explanation.Rows.Length;
        bool showsCells = rows == 1;
        bool showsRows = rows is > 1 and <= RowsSideBySide;
        yield return new PageTable
        {
            Titles =
            [
                .. Plain("column"), .. showsCells ? Plain("cell") : [], PageTable.Plain("push"),
                .. showsRows ? Enumerable.Range(0, rows).Select(row => PageTable.Plain($"row {RowNumber(row)}")) : [],
                PageTable.Plain(""),
            ],
            Words = showsCells ? 2 : 1,
            Lines = Lines(
                [.. shown.Select(i => explanation.Columns[i]).Select(column => showsCells
                    ? (string[])[column.Name, column.Cells[0].Length == 0 ? "(missing)" : column.Cells[0]]
                    : [column.Name])],
                [
                    shown.Select(i => explanation.Columns[i].Push),
                    .. showsRows
                        ? Enumerable.Range(0, rows).Select(row => shown.Select(i => explanation.Columns[i].RowPushes[row])) : [],
                ],
                [.. shown.Select(i => explanation.Columns[i].Push switch { > 0 => "up", < 0 => "down", _ => "" })]),
            LeftOut = LeftOut(shown.Length, explanation.Columns.Length, "columns", PageTable.Plain("push")),
        };
    }

    PageTable Cells()
    {
        int rows = explanation.Rows.Length;
        int shown = selection.Top is 0 ? rows : Math.Min(rows, RowsSideBySide);
        ExplainedColumn[] columns = [.. explanation.Columns.Take(selection.Lines)];
        string rest = shown < rows ? $"{rows - shown} of {rows} rows are left out; --top 0 shows all. " : "";
        string? other = LeftOut(columns.Length, explanation.Columns.Length, "columns", null);
        return new PageTable
        {
            Titles = [.. Plain("column"), .. Enumerable.Range(0, shown).Select(row => PageTable.Plain($"row {RowNumber(row)}"))],
            Words = 1 + shown,
            Lines = [.. columns.Select(column => Line([column.Name, .. column.Cells.Take(shown)], []))],
            LeftOut = rest + other is { Length: > 0 } leftOut ? leftOut.TrimEnd() : null,
        };
    }

    PageTable NeuronTable(
        string what, Quantity[] quantities, IReadOnlyList<(Quantity Quantity, int Row, MathText Title)> columns, string? leftOut)
    {
        Quantity ranking = quantities.FirstOrDefault(quantity => quantity.Ranks) ?? quantities[0];
        int count = CountOf(ranking);
        int[] shown = selection.Neuron is { } only && what == "neuron"
            ? [only - 1]
            : Largest(count, selection.Lines, i => columns.Where(column => column.Quantity == ranking)
                .Max(column => Size(At(ranking, i, column.Row))));
        string? rest = selection.Neuron is null ? LeftOut(shown.Length, count, what + "s", ranking.Symbol) : null;
        return new PageTable
        {
            Titles = [.. Plain(what), .. columns.Select(column => column.Title)],
            Words = 1,
            Lines = Lines(
                [.. shown.Select(i => (string[])[NameOf(ranking, i)])],
                [.. columns.Select(column => shown.Select(i => At(column.Quantity, i, column.Row)))]),
            LeftOut = rest is null || leftOut is null ? rest ?? leftOut : $"{rest} {leftOut}",
        };
    }

    static List<MathText[]> Lines(string[][] words, IEnumerable<double>[] numbers, string[]? last = null)
    {
        string[][] columns = [.. numbers.Select(column => PageNumbers.Of([.. column]))];
        return [.. words.Select(
            (cells, i) => Line(cells, [.. columns.Select(column => column[i]), .. last is null ? [] : new[] { last[i] }]))];
    }

    static MathText[] Line(IEnumerable<string> words, IEnumerable<string> numbers) =>
        [.. words.Concat(numbers).Select(PageTable.Plain)];

    static MathText[] Plain(params string[] titles) => [.. titles.Select(PageTable.Plain)];

    static MathText Join(MathText symbol, string row, int place) => place == 0
        ? new MathText($@"{symbol.Latex} \text{{ row {row}}}", $"{symbol.Plain} row {row}")
        : PageTable.Plain($"row {row}");

    string RowNumber(int row) => (explanation.Rows[row] + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The places of the largest, in their own order.</summary>
    static int[] Largest(int count, int limit, Func<int, double> value)
    {
        IEnumerable<int> all = Enumerable.Range(0, count);
        return count <= limit ? [.. all] : [.. all.OrderByDescending(i => Size(value(i))).Take(limit).Order()];
    }

    static double Size(double value) => double.IsNaN(value) ? double.PositiveInfinity : Math.Abs(value);

    static string? LeftOut(int shown, int all, string what, MathText? by) => shown >= all
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{all - shown:N0} of {all:N0} {what} are left out")
            + (by is { } symbol ? $", those of the smallest |{symbol.Plain}|" : "") + "; --top 0 shows all.";

    static bool IsOfRows(Quantity quantity) => quantity.Lines == QuantityAxis.Rows || quantity.Columns == QuantityAxis.Rows;

    static int CountOf(Quantity quantity) =>
        quantity.Columns == QuantityAxis.Neurons ? quantity.Numbers!.Columns : quantity.Numbers!.Rows;

    static double At(Quantity quantity, int neuron, int other) =>
        quantity.Columns == QuantityAxis.Neurons ? quantity.Numbers![other, neuron] : quantity.Numbers![neuron, other];

    static string NameOf(Quantity quantity, int neuron) =>
        quantity.Columns == QuantityAxis.Neurons ? quantity.ColumnNames[neuron] : quantity.LineNames[neuron];
}
