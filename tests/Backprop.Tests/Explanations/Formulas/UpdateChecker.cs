using System.Collections.Immutable;

namespace Backprop.Tests;

/// <summary>Takes every parameter through the printed steps of an update and compares what becomes of it.</summary>
sealed class UpdateChecker(NotatedExplanation view, FormulaChecker checker)
{
    // A document's step is printed for every layer at once.
    static readonly Dictionary<string, (string Layer, string Digits)> s_layers = new(StringComparer.Ordinal)
    {
        { "indices", ("ᵏ", "⁰¹²³⁴") }, { "rows", ("ᵢ", "₀₁₂₃₄") }, { "scalars", ("⁽ⁱ⁾", "⁰¹²³⁴") },
    };

    readonly FormulaScope _scope = checker.Scope;

    public void Check()
    {
        // No gradient updates running statistics.
        ILookup<bool, Tensor> all = Tensors().ToLookup(tensor => tensor.Gradient is not null);
        List<Tensor> tensors = [.. all[true]];
        foreach (Tensor statistic in all[false])
            Changed(statistic);
        ImmutableArray<Quantity> said =
            [.. view.Quantities.Where(quantity => quantity is { Numbers: null, Part: QuantityPart.Update })];
        var rule = new List<(FormulaStatement Statement, Quantity Said)>();
        foreach (Quantity quantity in said)
        {
            foreach (string text in Instances(quantity.Formula!.Value.Plain))
            {
                foreach (FormulaStatement statement in checker.Define(FormulaParser.Statements(text), null))
                {
                    string key = statement.Left.Key!;
                    if (tensors.Find(tensor => tensor.Before.Node.Key == key) is { } moved && statement.Sign == '←')
                        Moved(text, statement, moved);
                    else if (statement.Sign == '=' && _scope.Quantities.TryGetValue(key, out ShownQuantity? shown))
                        checker.Check(text, statement, shown, Slack(tensors, shown));
                    else
                        rule.Add((statement, quantity));
                }
            }
        }

        if (rule.Count > 0)
            Rule(rule, [.. tensors.SelectMany(Parameters)]);
        else
            tensors.ForEach(Changed);
    }

    /// <summary>The layers' tensors, each with what is shown of it: what follows on its numbers before the update.</summary>
    IEnumerable<Tensor> Tensors()
    {
        ShownQuantity[] all = [.. _scope.All.Where(shown => shown.Quantity.Part == QuantityPart.Update)];
        int[] starts = [.. Enumerable.Range(0, all.Length).Where(i => IsBefore(all[i])), all.Length];
        foreach ((int start, int end) in starts.Zip(starts.Skip(1)))
        {
            ShownQuantity[] group = all[start..end];
            ShownQuantity? Find(string end) =>
                group.SingleOrDefault(shown => shown.Quantity.Meaning.EndsWith(end, StringComparison.Ordinal));
            yield return new Tensor(
                IsOfWeights(group[0].Quantity), group[0], Find("their gradient"), Find("their change")!, Find("after")!,
                [.. group.Where(shown => shown.Quantity.Meaning.StartsWith("what the optimizer", StringComparison.Ordinal))]);
        }
    }

    static bool IsBefore(ShownQuantity shown) => shown.Quantity.Meaning.EndsWith("before", StringComparison.Ordinal);

    static bool IsOfWeights(Quantity quantity) =>
        quantity.Lines is QuantityAxis.Sources or QuantityAxis.Categories || quantity.Columns == QuantityAxis.Sources;

    IEnumerable<string> Instances(string text) =>
        s_layers.TryGetValue(view.Notation.Name, out var generic) && text.Contains(generic.Layer, StringComparison.Ordinal)
            ? view.Explanation.Layers.Select(layer => text.Replace(
                generic.Layer, generic.Layer.Length == 1 ? $"{generic.Digits[layer.Number]}"
                    : $"⁽{generic.Digits[layer.Number]}⁾",
                StringComparison.Ordinal))
            : [text];

    /// <summary>The new parameter is rounded before the old one is taken from it.</summary>
    Func<int, int, double>? Slack(List<Tensor> tensors, ShownQuantity shown) =>
        tensors.Find(tensor => tensor.Change == shown) is { } tensor
        ? (i, j) => 2 * _scope.Unit * Math.Abs(tensor.Before.Quantity.Numbers![i, j]) : null;

    void Moved(string text, FormulaStatement statement, Tensor tensor) =>
        checker.Check(text, statement, tensor.After);

    void Changed(Tensor tensor)
    {
        for (int i = 0; i < tensor.Before.Quantity.Numbers!.Rows; i++)
        {
            for (int j = 0; j < tensor.Before.Quantity.Numbers.Columns; j++)
                Changed(tensor, i, j);
        }
    }

    void Changed(Tensor tensor, int i, int j)
    {
        (double before, double after) = (tensor.Before.Quantity.Numbers![i, j], tensor.After.Quantity.Numbers![i, j]);
        checker.Compare("its change", tensor.Change, i, j, Bounded.Exact(after - before));
    }

    static IEnumerable<Parameter> Parameters(Tensor tensor) =>
        from i in Enumerable.Range(0, tensor.Before.Quantity.Numbers!.Rows)
        from j in Enumerable.Range(0, tensor.Before.Quantity.Numbers.Columns)
        select new Parameter(tensor, i, j);

    void Rule(List<(FormulaStatement Statement, Quantity Said)> rule, List<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters)
            Begin(parameter, Gradient(rule[0].Statement.Right) ?? Gradient(rule[^1].Statement.Right));
        foreach ((FormulaStatement statement, Quantity said) in rule)
        {
            string formula = said.Formula!.Value.Plain;
            checker.Formulas.Add(formula);
            checker.Define(FormulaParser.Statements(formula), null);
            if (formula.Contains("‖g‖", StringComparison.Ordinal))
                Norm(parameters);
            (string Letter, double Number)[] numbers = [.. FormulaScope.Said(said.Meaning)];
            foreach (Parameter parameter in parameters)
            {
                if (said.Meaning.Contains("of weights only", StringComparison.Ordinal) && !parameter.Tensor.IsOfWeights)
                    continue;
                var evaluator = new FormulaEvaluator(_scope);
                foreach ((string letter, double number) in numbers)
                    evaluator.Set(letter, Bounded.Exact(number));
                foreach ((string letter, Bounded value) in parameter.Letters)
                    evaluator.Set(letter, value);
                parameter.Letters[statement.Left.Key!] = evaluator.Evaluate(statement.Right).Single();
            }
        }

        FormulaStatement last = rule.Last(step => step.Statement.Left.Key is "p_^" or "w_^").Statement;
        foreach (Parameter parameter in parameters)
        {
            (Tensor tensor, int i, int j) = (parameter.Tensor, parameter.Line, parameter.Column);
            Bounded after = parameter.Letters[last.Left.Key!];
            checker.Compare(rule[^1].Said.Formula!.Value.Plain, tensor.After, i, j, after);
            Changed(tensor, i, j);
        }
    }

    void Begin(Parameter parameter, string? gradient)
    {
        (Tensor tensor, int i, int j) = (parameter.Tensor, parameter.Line, parameter.Column);
        var before = Bounded.Shown(tensor.Before.Quantity.Numbers![i, j], _scope.Unit);
        (parameter.Letters["p_^"], parameter.Letters["w_^"]) = (before, before);
        if (gradient is null)
            throw new FormatException("No step says what g is.");
        parameter.Letters[gradient] = Bounded.Shown(
            tensor.Gradient!.Quantity.Numbers![i, j] / tensor.Gradient.Scale, _scope.Unit);
        foreach (ShownQuantity moment in tensor.Moments)
            parameter.Letters[moment.Node.Key!] = Bounded.Shown(moment.Quantity.Numbers![i, j], _scope.Unit);
    }

    /// <summary>The derivative by any parameter in a step.</summary>
    static string? Gradient(FormulaNode node) =>
        node is { Kind: FormulaKind.Reference, Symbol.Letters: [.., '∂' or 'δ', 'p' or 'w'] }
        ? node.Key : node.Parts.Select(Gradient).FirstOrDefault(key => key is not null);

    void Norm(List<Parameter> parameters)
    {
        var squares = Bounded.Exact(0);
        foreach (Parameter parameter in parameters)
            squares = Bounded.Add(
                squares, Bounded.Multiply(parameter.Letters["g_^"], parameter.Letters["g_^"], _scope.Unit), _scope.Unit);
        var norm = Bounded.Root(squares, _scope.Unit);
        double shown = view.Explanation.Update.GradientNorm.GetValueOrDefault();
        if (!(Math.Abs(norm.Value - shown) <= norm.Error + 4 * _scope.Unit * shown))
            throw new FormatException($"‖g‖ is {shown:R} and the shown gradient's is {norm.Value:R}.");

        // What the words say of it has five digits.
        double said = _scope.Constants["‖g‖_^"];
        if (!(Math.Abs(said - shown) <= 5e-5 * shown))
            throw new FormatException($"‖g‖ is {shown:R} and the words say {said:R}.");
        foreach (Parameter parameter in parameters)
            parameter.Letters["‖g‖_^"] = norm;
    }

    sealed record Tensor(
        bool IsOfWeights, ShownQuantity Before, ShownQuantity? Gradient, ShownQuantity Change, ShownQuantity After,
        ImmutableArray<ShownQuantity> Moments);

    sealed record Parameter(Tensor Tensor, int Line, int Column)
    {
        public Dictionary<string, Bounded> Letters { get; } = new(StringComparer.Ordinal);
    }
}
