using System.Collections.Immutable;
using System.Globalization;

namespace Backprop.Tests;

/// <summary>Computes what a printed formula says from the numbers that are shown.</summary>
sealed class FormulaEvaluator(FormulaScope scope)
{
    readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    readonly Dictionary<string, Bounded> _values = new(StringComparer.Ordinal);

    /// <summary>The row that values are taken of; null for all rows together.</summary>
    public int? Row { get; set; }

    /// <summary>Which rows a sum over rows is of.</summary>
    public Func<int, bool> OfRow { get; set; } = _ => true;

    /// <summary>The index of a neuron, counted from 0.</summary>
    public int this[string index]
    {
        set => _indices[index] = value;
    }

    /// <summary>Gives a letter a number, such as p and g to an update rule.</summary>
    public void Set(string letter, Bounded value) => _values[letter] = value;

    public Bounded Get(string letter) => _values[letter];

    public void Clear()
    {
        _indices.Clear();
        _values.Clear();
        Row = null;
    }

    public Cells Evaluate(FormulaNode node) => node.Kind switch
    {
        FormulaKind.Number => Cells.Of(Bounded.Exact(double.Parse(node.Text, CultureInfo.InvariantCulture))),
        FormulaKind.Reference => Reference(node.Symbol!),
        FormulaKind.Call => Call(node),
        FormulaKind.Function => Function(node),
        FormulaKind.Add => Each(node, (a, b) => Bounded.Add(a, b, scope.Unit)),
        FormulaKind.Negate => Evaluate(node.Parts[0]).Map(Bounded.Negate),
        FormulaKind.Multiply => Cells.Product(Evaluate(node.Parts[0]), Evaluate(node.Parts[1]), scope.Unit),
        FormulaKind.ElementWise => Each(node, (a, b) => Bounded.Multiply(a, b, scope.Unit)),
        FormulaKind.Divide => Each(node, (a, b) => Bounded.Divide(a, b, scope.Unit)),
        FormulaKind.Power when node.Parts[0] is { Kind: FormulaKind.Reference, Symbol: { Letters: "e", Below: "" } } =>
            Mapped(node.Parts[1], Math.Exp),
        FormulaKind.Power => Each(node, (a, b) => Bounded.Power(a, b, scope.Unit)),
        FormulaKind.Absolute => Mapped(node.Parts[0], Math.Abs),
        FormulaKind.Root => Evaluate(node.Parts[0]).Map(value => Bounded.Root(value, scope.Unit)),
        FormulaKind.Sum => Sum(node),
        FormulaKind.Product => Product(node),
        FormulaKind.Where => Where(node),
        FormulaKind.Concatenation => Concatenated([.. node.Parts.Select(Evaluate)]),
        FormulaKind.Gather => Gathered(Evaluate(node.Parts[0]), Evaluate(node.Parts[1])),
        FormulaKind.Slice => Slice(Evaluate(node.Parts[0]), [.. node.Text.Split(' ').Select(int.Parse)]),
        _ => throw new FormatException($"There is no {node.Kind}."),
    };

    static Cells Concatenated(Cells[] parts)
    {
        var numbers = new Bounded[parts[0].LineCount, parts.Sum(part => part.ColumnCount)];
        int first = 0;
        foreach (Cells part in parts)
        {
            for (int i = 0; i < numbers.GetLength(0); i++)
            {
                for (int j = 0; j < part.ColumnCount; j++)
                    numbers[i, first + j] = part.Numbers[i, j];
            }

            first += part.ColumnCount;
        }

        return new Cells(numbers, parts[0].Lines, parts[^1].Columns);
    }

    /// <summary>For each row the line of a table that its number, counted from 1, says.</summary>
    static Cells Gathered(Cells table, Cells numbers)
    {
        var lines = new Bounded[numbers.LineCount, table.ColumnCount];
        for (int i = 0; i < numbers.LineCount; i++)
        {
            for (int j = 0; j < table.ColumnCount; j++)
                lines[i, j] = table.Numbers[(int)numbers.Numbers[i, 0].Value - 1, j];
        }

        return new Cells(lines, numbers.Lines, table.Columns);
    }

    /// <summary>Columns that are counted from 1; the first ones of embeddings are those of the layer before.</summary>
    Cells Slice(Cells cells, int[] range)
    {
        var some = new Bounded[cells.LineCount, range[1] - range[0] + 1];
        for (int i = 0; i < some.GetLength(0); i++)
        {
            for (int j = 0; j < some.GetLength(1); j++)
                some[i, j] = cells.Numbers[i, range[0] - 1 + j];
        }

        return new Cells(some, cells.Lines, range[0] == 1 ? scope.LayerBefore(cells.Columns) : cells.Columns);
    }

    Cells Each(FormulaNode node, Func<Bounded, Bounded, Bounded> of) =>
        Cells.Each(Evaluate(node.Parts[0]), Evaluate(node.Parts[1]), of);

    Cells Mapped(FormulaNode argument, Func<double, double> function) =>
        Evaluate(argument).Map(value => Bounded.Map(value, function, scope.Unit));

    Cells Reference(Symbol symbol)
    {
        if (symbol.Indices.IsEmpty && _values.TryGetValue(symbol.Key, out Bounded value))
            return Cells.Of(value);
        if (scope.Quantities.TryGetValue(symbol.Key, out ShownQuantity? shown))
            return Turned(Sliced(shown, symbol.Indices), symbol.IsTransposed);
        if (symbol.IsPrimed)
            return Turned(Reference(symbol.WithoutPrime), turn: true);
        if (scope.Letters.TryGetValue(symbol.Key, out FormulaStatement? letter))
            return Defined(letter, symbol);
        if (scope.Constants.TryGetValue(symbol.Key, out double number))
            return Cells.Of(Bounded.Exact(number));
        if (symbol.Above.Length > 0)
        {
            Cells exponent = Evaluate(FormulaParser.Exponent(symbol.Above));
            return Cells.Each(Reference(symbol.WithoutAbove), exponent, (a, b) => Bounded.Power(a, b, scope.Unit));
        }

        if (symbol is { Letters: "δ", Indices: [(string first, 0), (string second, 0)] })
            return Cells.Of(Bounded.Exact(_indices[first] == _indices[second] ? 1 : 0));
        throw new FormatException($"Nothing says what {symbol.Key} is.");
    }

    /// <summary>A letter that a formula defines, for every t where it has that index.</summary>
    Cells Defined(FormulaStatement letter, Symbol symbol)
    {
        if (letter.Left.Symbol!.Indices is not [(string parameter, 0)])
            return Evaluate(letter.Right);
        (string index, int plus) = symbol.Indices.Single();
        double at = _values.TryGetValue(index + "_^", out Bounded bound) ? bound.Value : scope.Constants[index + "_^"];
        return With(parameter + "_^", Bounded.Exact(at + plus), () => Evaluate(letter.Right));
    }

    Cells Sliced(ShownQuantity shown, ImmutableArray<(string Name, int Plus)> indices)
    {
        Cells cells = shown.Cells(scope.Unit);
        if (!indices.IsEmpty && indices.Length != shown.Indexed.Length)
            throw new FormatException(
                $"{shown.Quantity.Symbol.Plain} has {shown.Indexed.Length} indices and not {indices.Length}.");
        for (int i = 0; i < indices.Length; i++)
            cells = At(cells, shown.Indexed[i], _indices.TryGetValue(indices[i].Name, out int place)
                ? place : throw new FormatException(
                    $"Nothing says which {indices[i].Name} of {shown.Quantity.Symbol.Plain} is meant."));
        return Row is { } row && shown.IsOfRows ? At(cells, Axis.Rows, row) : cells;
    }

    static Cells At(Cells cells, Axis axis, int place) => cells.Lines == axis ? cells.Line(place) : cells.Column(place);

    static Cells Turned(Cells cells, bool turn) => turn ? cells.Transposed() : cells;

    Cells Call(FormulaNode node)
    {
        if (node.Key is { } key && scope.Quantities.TryGetValue(key, out ShownQuantity? shown))
            return Sliced(shown, node.Indices);
        return ByDefinition(node);
    }

    /// <summary>A function of shown numbers, as formulas define it, neuron by neuron.</summary>
    public Cells ByDefinition(FormulaNode node)
    {
        if (!scope.Functions.TryGetValue(node.Symbol!.Key, out var definitions))
            throw new FormatException($"Nothing says what {node.Symbol.Key} is.");
        Cells argument = Evaluate(node.Parts[0]);
        ImmutableDictionary<string, FormulaStatement> letters = scope.Letters;
        int? before = _indices.TryGetValue("j", out int outer) ? outer : null;
        Cells result = argument.Map((value, line, column) =>
        {
            int neuron = node.Symbol.Indices is [(string index, _)] ? _indices.GetValueOrDefault(index)
                : argument.Lines.Kind == QuantityAxis.Neurons ? line : column;
            var (statement, own) = definitions.Single(definition => definition.Statement.HoldsFor(neuron));
            scope.Letters = own;
            _indices["j"] = neuron;
            return With(statement.Left.Parts[0].Symbol!.Key, value, () => Evaluate(statement.Right)).Single();
        });
        scope.Letters = letters;
        if (before is { } j)
            _indices["j"] = j;
        else
            _indices.Remove("j");
        return result;
    }

    Cells With(string letter, Bounded value, Func<Cells> evaluate)
    {
        bool had = _values.TryGetValue(letter, out Bounded before);
        _values[letter] = value;
        Cells result = evaluate();
        if (had)
            _values[letter] = before;
        else
            _values.Remove(letter);
        return result;
    }

    Cells Function(FormulaNode node)
    {
        Cells[] arguments = [.. node.Parts.Select(Evaluate)];
        return node.Text switch
        {
            "tanh" => arguments[0].Map(value => Bounded.Map(value, Math.Tanh, scope.Unit)),
            "sin" => arguments[0].Map(value => Bounded.Map(value, Math.Sin, scope.Unit)),
            "cos" => arguments[0].Map(value => Bounded.Map(value, Math.Cos, scope.Unit)),
            "ln" => arguments[0].Map(value => Bounded.Map(value, Math.Log, scope.Unit)),
            "erf" => arguments[0].Map(value => Bounded.Map(value, ErrorFunction.Of, scope.Unit)),
            "sign" => arguments[0].Map(Bounded.Sign),
            "max" => Cells.Each(arguments[0], arguments[1], (a, b) => Bounded.Choose(a, b, ">", () => a, () => b)),
            "min" => Cells.Each(arguments[0], arguments[1], (a, b) => Bounded.Choose(a, b, "<", () => a, () => b)),
            "softmax" => Softmax(arguments[0]),
            _ => throw new FormatException($"There is no function {node.Text}."),
        };
    }

    Cells Softmax(Cells u) => u.Map((value, line, _) =>
    {
        var sum = Bounded.Exact(0);
        for (int l = 0; l < u.ColumnCount; l++)
            sum = Bounded.Add(sum, Bounded.Map(u.Numbers[line, l], Math.Exp, scope.Unit), scope.Unit);
        return Bounded.Divide(Bounded.Map(value, Math.Exp, scope.Unit), sum, scope.Unit);
    });

    /// <summary>Σ over the rows, or over the neurons that the index counts in what follows.</summary>
    Cells Sum(FormulaNode node)
    {
        bool isOfRows = node.Text is "r" or "n";
        int count = isOfRows ? scope.All.First(shown => shown.IsOfRows) is var shown ? shown.Count(Axis.Rows) : 0
            : CountOf(node.Parts[0], node.Text) ?? throw new FormatException($"Nothing says how far Σ over {node.Text} goes.");
        Cells? sum = null;
        (int? row, bool had) = (Row, _indices.TryGetValue(node.Text, out int before));
        for (int i = 0; i < count; i++)
        {
            if (isOfRows && !OfRow(i))
                continue;
            if (isOfRows)
                Row = i;
            else
                _indices[node.Text] = i;
            Cells term = Evaluate(node.Parts[0]);
            sum = sum is null ? term : Cells.Each(sum, term, (a, b) => Bounded.Add(a, b, scope.Unit));
        }

        Row = row;
        if (had)
            _indices[node.Text] = before;
        return sum!;
    }

    int? CountOf(FormulaNode node, string index)
    {
        if (node.Key is { } key && scope.Quantities.TryGetValue(key, out ShownQuantity? shown))
        {
            for (int i = 0; i < node.Indices.Length; i++)
            {
                if (node.Indices[i].Name == index)
                    return shown.Count(shown.Indexed[i]);
            }
        }

        if (node.Kind == FormulaKind.Reference && scope.Letters.TryGetValue(node.Symbol!.Key, out FormulaStatement? letter))
            return CountOf(letter.Right, index);
        return node.Parts.Select(part => CountOf(part, index)).FirstOrDefault(count => count is not null);
    }

    Cells Product(FormulaNode node)
    {
        double from = Evaluate(node.Parts[0]).Single().Value, to = Evaluate(node.Parts[1]).Single().Value;
        var product = Cells.Of(Bounded.Exact(1));
        for (double s = from; s <= to; s++)
            product = Cells.Product(product, With(node.Text + "_^", Bounded.Exact(s), () => Evaluate(node.Parts[2])), scope.Unit);
        return product;
    }

    Cells Where(FormulaNode node)
    {
        Cells left = Evaluate(node.Parts[0]), right = Evaluate(node.Parts[1]), then = Evaluate(node.Parts[2]);
        Cells otherwise = Evaluate(node.Parts[3]);
        Cells sides = Cells.Each(left, right, (a, b) => Bounded.Add(a, Bounded.Negate(b), 0));
        Cells chosen = Cells.Each(Cells.Each(sides, then, (a, _) => a), otherwise, (a, _) => a);
        return chosen.Map((difference, i, j) => Bounded.Choose(
            difference, Bounded.Exact(0), node.Text, () => Broadcast(then, i, j), () => Broadcast(otherwise, i, j)));
    }

    static Bounded Broadcast(Cells cells, int line, int column) =>
        cells.Numbers[cells.LineCount == 1 ? 0 : line, cells.ColumnCount == 1 ? 0 : column];
}
