using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop.Tests;

/// <summary>
/// Evaluates every formula that an explanation prints over the numbers that it shows, and compares. What it cannot read, what
/// says nothing of shown numbers, and numbers that no formula is of are failures like those that do not add up.
/// </summary>
sealed class FormulaChecker
{
    // A tolerance wider than this part of the largest number says little; only a decision that rounding may have turned is so
    // wide.
    const double Loose = 1e-4;

    static readonly string[] s_given =
    [
        "weights before", "biases before", "factors before", "table before", "running means before", "running variances before",
        "running means", "running variances", "each row's weight", "what the optimizer remembers of them",
    ];

    readonly NotatedExplanation _view;
    readonly FormulaEvaluator _evaluator;
    readonly Dictionary<Quantity, bool[,]> _seen = [];

    FormulaChecker(NotatedExplanation view)
    {
        _view = view;
        Scope = new FormulaScope(view);
        _evaluator = new FormulaEvaluator(Scope);
    }

    public FormulaScope Scope { get; }

    /// <summary>What does not add up, with the formula.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Every formula's steps that were evaluated.</summary>
    public List<string> Formulas { get; } = [];

    /// <summary>How many numbers were compared.</summary>
    public int Cells { get; private set; }

    /// <summary>How many of them with a wide tolerance.</summary>
    public int LooseCells { get; private set; }

    int Rows => _view.Explanation.Rows.Length;

    public static FormulaChecker Run(NotatedExplanation view)
    {
        var checker = new FormulaChecker(view);
        foreach (ShownQuantity shown in checker.Scope.All)
            checker.Guarded(shown.Quantity, () => checker.Check(shown));
        foreach (Quantity said in view.Quantities.Where(
            quantity => quantity.Numbers is null && quantity.Part != QuantityPart.Update))
            checker.Guarded(said, () => checker.Coupling(said));
        checker.Guarded(null, () => new UpdateChecker(view, checker).Check());
        foreach (ShownQuantity shown in checker.Scope.All)
        {
            if (checker._seen.TryGetValue(shown.Quantity, out bool[,]? seen) ? seen.Cast<bool>().Contains(false) : true)
                checker.Failures.Add(
                    $"No formula says what {shown.Quantity.Symbol.Plain} of {shown.Quantity.Part} {shown.Quantity.Layer} is.");
        }

        return checker;
    }

    /// <summary>Compares a number and remembers that it was.</summary>
    public void Compare(string formula, ShownQuantity shown, int line, int column, Bounded expected, double slack = 0)
    {
        double number = shown.Quantity.Numbers![line, column];
        double least = Scope.Unit < 1e-10 ? 1e-300 : 1e-37;
        double tolerance = expected.Error + 4 * Scope.Unit * Math.Abs(expected.Value) + slack + least;
        if (!(Math.Abs(number - expected.Value) <= tolerance))
        {
            Failures.Add($"{formula}: {shown.Quantity.Symbol.Plain}[{line}, {column}] of layer {shown.Quantity.Layer} is "
                + $"{number:R}, and the "
                + $"formula gives {expected.Value:R} ± {tolerance:G2}.");
        }

        Cells++;
        if (tolerance > Loose * shown.Largest + 2 * least)
            LooseCells++;
        See(shown)[line, column] = true;
    }

    /// <summary>A step that gives a quantity's numbers.</summary>
    public void Check(string formula, FormulaStatement statement, ShownQuantity shown, Func<int, int, double>? slack = null)
    {
        Formulas.Add(formula);
        FormulaNode left = Unscaled(statement.Left);
        (int lines, int columns) = (shown.Quantity.Numbers!.Rows, shown.Quantity.Numbers.Columns);
        _evaluator.Clear();
        _evaluator.OfRow = statement.IsOfRow;
        if (left.Kind == FormulaKind.Gather)
        {
            Scatter(formula, statement, shown);
            return;
        }

        if (left.Indices.IsEmpty && !shown.Indexed.IsEmpty)
        {
            _evaluator.Row = Rows == 1 && !shown.IsOfRows ? 0 : null;
            Compare(formula, shown, _evaluator.Evaluate(statement.Right), slack, statement.IsOfRow);
            return;
        }

        bool[] isIndexed = [shown.Lines != Axis.Rows && shown.Lines != Axis.One,
            shown.Columns != Axis.Rows && shown.Columns != Axis.One];
        for (int i = 0; i < lines; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                int[] places = [.. isIndexed[0] ? [i] : Array.Empty<int>(), .. isIndexed[1] ? [j] : Array.Empty<int>()];
                if (left.Indices.Length != places.Length)
                    throw new FormatException($"{shown.Quantity.Symbol.Plain} has {places.Length} indices.");
                _evaluator.Clear();
                for (int k = 0; k < places.Length; k++)
                    _evaluator[left.Indices[k].Name] = places[k];
                if (places.Length > 0 && !statement.HoldsFor(places[^1]))
                    continue;
                _evaluator.Row = shown.Lines == Axis.Rows ? i : shown.Columns == Axis.Rows ? j : Rows == 1 ? 0 : null;
                Compare(formula, shown, i, j, _evaluator.Evaluate(statement.Right).Single(), slack?.Invoke(i, j) ?? 0);
            }
        }
    }

    /// <summary>A step that says what comes to the lines of a table: each row's to the line of its category.</summary>
    void Scatter(string formula, FormulaStatement statement, ShownQuantity shown)
    {
        ReadOnlyMatrix<double> categories = Scope.Quantities[statement.Left.Parts[1].Key!].Quantity.Numbers!;
        for (int i = 0; i < shown.Quantity.Numbers!.Rows; i++)
        {
            int category = i + 1;
            bool IsOf(int row) => statement.IsOfRow(row) && categories[row, 0] == category;
            _evaluator.OfRow = IsOf;
            _evaluator.Row = Rows == 1 ? 0 : null;
            Cells? sum = Enumerable.Range(0, Rows).Any(IsOf) ? _evaluator.Evaluate(statement.Right) : null;
            for (int j = 0; j < shown.Quantity.Numbers.Columns; j++)
                Compare(formula, shown, i, j, sum?.Numbers[0, j] ?? Bounded.Exact(0));
        }
    }

    /// <summary>Takes over what the steps of a formula define, and leaves the others.</summary>
    public ImmutableArray<FormulaStatement> Define(ImmutableArray<FormulaStatement> statements, string? own)
    {
        ImmutableArray<FormulaStatement> defining =
        [
            .. statements.Where(statement => statement.Sign == '=' && Unscaled(statement.Left).Key is { } key && key != own
                && !Scope.Quantities.ContainsKey(key) && !IsGradient(statement)),
        ];
        Scope.Letters = defining.Where(statement => statement.Left.Kind == FormulaKind.Reference)
            .ToImmutableDictionary(statement => statement.Left.Symbol!.Key, StringComparer.Ordinal);
        foreach (var functions in defining.Where(statement => statement.Left.Kind == FormulaKind.Call)
            .GroupBy(statement => statement.Left.Symbol!.Key))
        {
            Scope.Functions[functions.Key] = [.. functions.Select(statement => (statement, Scope.Letters))];
        }

        return [.. statements.Except(defining)];
    }

    /// <summary>Without the factor that a symbol is shown with.</summary>
    public static FormulaNode Unscaled(FormulaNode node) =>
        node is { Kind: FormulaKind.Multiply } && node.Parts[0].Kind == FormulaKind.Divide ? node.Parts[1] : node;

    static bool IsGradient(FormulaStatement statement) => statement.Left.Symbol is { Letters: "g", Below: "", Above: "" };

    void Check(ShownQuantity shown)
    {
        Quantity quantity = shown.Quantity;
        if (quantity.Formula is not { } formula)
        {
            WithoutFormula(shown);
            return;
        }

        string text = formula.Plain;
        ImmutableArray<FormulaStatement> steps = Define(FormulaParser.Statements(text), shown.Node.Key);
        foreach (FormulaStatement step in steps)
        {
            if (step.Sign != '=' || Unscaled(step.Left).Key != shown.Node.Key)
                throw new FormatException($"A step says nothing of {quantity.Symbol.Plain}.");
            Check(text, step, shown, quantity.Meaning == "their change" ? SlackOf(shown) : null);
        }

        // A function's formula stands beside its values.
        if (!steps.IsEmpty)
            return;
        Formulas.Add(text);
        _evaluator.Clear();
        Compare(text, shown, _evaluator.ByDefinition(shown.Node));
    }

    /// <summary>What rounding the new number makes of its difference from the old one.</summary>
    Func<int, int, double> SlackOf(ShownQuantity change)
    {
        ReadOnlyMatrix<double> before =
            Scope.Quantities[change.Node.Key!.Replace("Δ", "", StringComparison.Ordinal)].Quantity.Numbers!;
        return (i, j) => 2 * Scope.Unit * Math.Abs(before[i, j]);
    }

    void WithoutFormula(ShownQuantity shown)
    {
        Quantity quantity = shown.Quantity;
        if (quantity.Part == QuantityPart.Inputs || s_given.Contains(quantity.Meaning) || IsTarget(quantity.Meaning)
            || quantity.Meaning.StartsWith("each row's category", StringComparison.Ordinal))
        {
            Fill(shown);
        }
        else if (shown.Node.Key is not { } key)
        {
            Check(quantity.Symbol.Plain, new FormulaStatement(shown.Node.Parts[0], '=', shown.Node), shown);
        }
        else if (Scope.Quantities[key] is var first && first.Quantity != quantity)
        {
            if (!first.Quantity.Numbers!.ToArray().Cast<double>().SequenceEqual(quantity.Numbers!.ToArray().Cast<double>()))
                throw new FormatException($"{quantity.Symbol.Plain} is shown twice with other numbers.");
            Fill(shown);
        }
    }

    static bool IsTarget(string meaning) => meaning == "the targets" || meaning.StartsWith("targets", StringComparison.Ordinal);

    /// <summary>∂y/∂a of softmax: by it the errors of a follow from those of y.</summary>
    void Coupling(Quantity said)
    {
        string text = said.Formula!.Value.Plain;
        FormulaStatement statement = FormulaParser.Statements(text).Single();
        if (statement.Left.Symbol is not { Indices: [var (l, _), var (k, _)] } symbol || !symbol.Letters.Contains('/'))
            throw new FormatException("Nothing of it is shown.");
        Formulas.Add(text);
        ShownQuantity errors = Scope.All.Single(
            shown => shown.Quantity is { Part: QuantityPart.ErrorFlow, Layer: 2, Meaning: "errors of a" });
        ShownQuantity targets = Scope.All.First(shown => IsTarget(shown.Quantity.Meaning));
        ShownQuantity outputs = Scope.All.First(shown => shown.Quantity is { Part: QuantityPart.Loss, Meaning: "outputs" });
        for (int row = 0; row < Rows; row++)
        {
            double weight = _view.Explanation.RowWeights[row] * errors.Scale;
            for (int j = 0; j < targets.Quantity.Numbers!.Columns; j++)
            {
                Bounded sum = Bounded.Exact(0);
                for (int i = 0; i < targets.Quantity.Numbers.Columns; i++)
                {
                    _evaluator.Clear();
                    (_evaluator.Row, _evaluator[l], _evaluator[k]) = (row, i, j);
                    Bounded slope = _evaluator.Evaluate(statement.Right).Single();
                    var by = Bounded.Shown(
                        weight * targets.Quantity.Numbers[row, i] / outputs.Quantity.Numbers![row, i], Scope.Unit);
                    sum = Bounded.Add(sum, Bounded.Multiply(by, slope, Scope.Unit), Scope.Unit);
                }

                Compare(text, errors, row, j, sum);
            }
        }
    }

    void Compare(
        string formula, ShownQuantity shown, Cells expected, Func<int, int, double>? slack = null,
        Func<int, bool>? isOfRow = null)
    {
        Cells numbers = Backprop.Tests.Cells.Each(shown.Cells(Scope.Unit), expected, (_, value) => value);
        if ((numbers.Lines, numbers.Columns) != (shown.Lines, shown.Columns) || numbers.LineCount != shown.Quantity.Numbers!.Rows
            || numbers.ColumnCount != shown.Quantity.Numbers.Columns)
        {
            throw new FormatException($"It gives [{numbers.Lines}, {numbers.Columns}] for {shown.Quantity.Symbol.Plain}.");
        }

        for (int i = 0; i < numbers.LineCount; i++)
        {
            for (int j = 0; j < numbers.ColumnCount; j++)
            {
                if (!shown.IsOfRows || isOfRow?.Invoke(shown.Lines == Axis.Rows ? i : j) != false)
                    Compare(formula, shown, i, j, numbers.Numbers[i, j], slack?.Invoke(i, j) ?? 0);
            }
        }
    }

    bool[,] See(ShownQuantity shown)
    {
        if (!_seen.TryGetValue(shown.Quantity, out bool[,]? seen))
            _seen[shown.Quantity] = seen = new bool[shown.Quantity.Numbers!.Rows, shown.Quantity.Numbers.Columns];
        return seen;
    }

    void Fill(ShownQuantity shown)
    {
        bool[,] seen = See(shown);
        for (int i = 0; i < seen.GetLength(0); i++)
        {
            for (int j = 0; j < seen.GetLength(1); j++)
                seen[i, j] = true;
        }
    }

    void Guarded(Quantity? quantity, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            Failures.Add($"{quantity?.Formula?.Plain ?? quantity?.Symbol.Plain ?? "the update"}: {e.Message}");
        }
    }
}
