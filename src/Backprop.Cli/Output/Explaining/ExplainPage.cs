namespace Backprop.Cli;

/// <summary>
/// An explanation as blocks for people: inputs, value flow, loss, error flow, update, and which column pushed the loss. It
/// knows where quantities belong, but of no notation, and of no terminal.
/// </summary>
sealed class ExplainPage
{
    readonly Explanation _explanation;
    readonly NotatedExplanation _notated;
    readonly PageSelection _selection;
    readonly PageTables _tables;
    readonly List<PageBlock> _blocks = [];

    ExplainPage(NotatedExplanation notated, PageSelection selection)
    {
        (_notated, _explanation, _selection) = (notated, notated.Explanation, selection);
        _tables = new PageTables(_explanation, selection);
    }

    public static List<PageBlock> Of(NotatedExplanation notated, PageSelection selection)
    {
        var page = new ExplainPage(notated, selection);
        page.Write();
        return page._blocks;
    }

    void Write()
    {
        Introduction();
        foreach (IGrouping<(QuantityPart Part, int? Layer), Quantity> group in _notated.Quantities
            .Where(quantity => _explanation.HasTarget || quantity.Part is QuantityPart.Inputs or QuantityPart.ValueFlow)
            .Where(quantity => _selection.Layer is null || quantity.Layer is null || quantity.Layer == _selection.Layer)
            .GroupBy(quantity => (quantity.Part, quantity.Layer)))
        {
            if (HeadingOf(group.Key.Part, group.Key.Layer) is { } heading)
                _blocks.Add(new PageBlock { Heading = heading });
            Group(group.Key.Part, group.Key.Layer, [.. group]);
        }

        if (_selection.Layer is null && _explanation.HasTarget)
            Columns();
    }

    void Introduction()
    {
        string rows = _explanation.Rows.Length == 1
            ? $"Row {_explanation.Rows[0] + 1} of {_explanation.Source}: "
                + $"{(_explanation.HasTarget ? TargetOf(0) : "its target is not known")}."
            : $"{_explanation.Rows.Length} rows of {_explanation.Source} as one batch: {RowNumbers()}.";
        _blocks.Add(new PageBlock { Text = rows });
        _blocks.Add(new PageBlock
        {
            Text = $"Network {_explanation.Network}, loss {_explanation.Loss}, "
                + $"{_explanation.Precision.ToString().ToLowerInvariant()} precision.",
        });
        if (_notated.Notation != Notation.Engine)
            _blocks.Add(new PageBlock { Text = $"Notation {_notated.Notation.Name}: {_notated.Notation.Title}." });
        foreach (string remark in _notated.Remarks)
            _blocks.Add(new PageBlock { Text = remark });
        if (_selection.Layer is { } layer)
        {
            string neuron = _selection.Neuron is { } number ? $"neuron {number} of layer {layer}" : $"layer {layer}";
            _blocks.Add(new PageBlock { Text = $"Only {neuron} is shown; without --layer all layers, inputs and columns are." });
        }
    }

    string TargetOf(int row) => string.Join(", ", _explanation.TargetColumns.Zip(
        _explanation.TargetCells[row], (column, cell) => $"{column} = {cell}"));

    string RowNumbers()
    {
        const int Shown = 20;
        string numbers = string.Join(", ", _explanation.Rows.Take(Shown).Select(row => row + 1));
        return _explanation.Rows.Length <= Shown ? numbers : $"{numbers} and {_explanation.Rows.Length - Shown} more";
    }

    string? HeadingOf(QuantityPart part, int? layer) => (part, layer) switch
    {
        (QuantityPart.Inputs, _) => "Inputs",
        (QuantityPart.ValueFlow, { } k) => $"Layer {k}: {_explanation.Layers[k - 1].Layer}",
        (QuantityPart.Loss, not null) => "Loss",
        (QuantityPart.Loss, null) => _selection.Layer is { } shown && shown < _explanation.Layers.Length ? "Loss" : null,
        (QuantityPart.ErrorFlow, 0) => "Back to the inputs",
        (QuantityPart.ErrorFlow, { } k) => $"Back through layer {k}",
        (QuantityPart.Update, null) =>
            _explanation.Update.Step == 1 ? "First update" : $"Update of step {_explanation.Update.Step}",
        (QuantityPart.Update, { } k) => $"Update of layer {k}",
        _ => null,
    };

    void Group(QuantityPart part, int? layer, List<Quantity> quantities)
    {
        foreach (Quantity quantity in quantities)
            Formula(quantity);
        if (part == QuantityPart.Inputs)
        {
            Tables(_tables.Inputs(quantities[0]));
            return;
        }

        Tables(_tables.Rows([.. quantities.Where(quantity => quantity.Lines == QuantityAxis.Rows
            && quantity.Columns == QuantityAxis.One && _explanation.Rows.Length > 1)]));
        Tables(_tables.Neurons(layer, [.. quantities.Where(PageTables.IsOfNeurons)]));
        foreach (IGrouping<int, Quantity> tensor in quantities.Where(PageTables.IsOfWeights).GroupBy(quantity => quantity.Table))
        {
            foreach (Quantity quantity in tensor.Where(PageTables.IsSmall))
                _blocks.Add(new PageBlock { Matrix = (quantity.Symbol, PageTables.Cells(quantity)) });
            Tables(_tables.Weights([.. tensor]));
        }
    }

    void Formula(Quantity quantity)
    {
        bool isNumber = quantity.Numbers is { Rows: 1, Columns: 1 } && quantity.Lines is QuantityAxis.One or QuantityAxis.Rows
            && quantity.Columns == QuantityAxis.One;
        if (isNumber && quantity.Numbers is { } numbers)
        {
            string value = PageNumbers.Of(numbers[0, 0]);
            MathText formula = quantity.Formula ?? quantity.Symbol;
            _blocks.Add(new PageBlock
            {
                Formula = (new MathText($"{formula.Latex} = {PageTables.Latex(value)}", $"{formula.Plain} = {value}"),
                    quantity.Meaning),
            });
        }
        else if (quantity.Formula is { } formula)
        {
            _blocks.Add(new PageBlock { Formula = (formula, quantity.Meaning) });
        }
    }

    void Columns()
    {
        _blocks.Add(new PageBlock { Heading = "Which column pushed the loss" });
        _blocks.Add(new PageBlock
        {
            Text = "A column's push is the sum of (∂e/∂x)·x over its features x, e being the loss: to first order, how much more "
                + "e is than with these features at 0 (a scaled number at the mean of the training rows, a category that is "
                + "none).",
        });
        Tables(_tables.Columns());
    }

    void Tables(IEnumerable<PageTable> tables) => _blocks.AddRange(tables.Select(table => new PageBlock { Table = table }));
}
