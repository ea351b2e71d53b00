using System.Globalization;
using System.Text.RegularExpressions;
using Letters = System.Collections.Immutable.ImmutableDictionary<string, Backprop.Tests.FormulaStatement>;

namespace Backprop.Tests;

/// <summary>
/// What the letters of an explanation's formulas are: its quantities by their symbols, the functions and letters that formulas
/// define, and the numbers that stand in the words beside them.
/// </summary>
sealed partial class FormulaScope
{
    const string Before = "(t−1)";

    readonly Explanation _explanation;

    public FormulaScope(NotatedExplanation view)
    {
        _explanation = view.Explanation;
        Unit = view.Explanation.Precision == Precision.Single ? Math.Pow(2, -24) : Math.Pow(2, -53);
        Constants["π_^"] = Math.PI;
        foreach (string words in view.Remarks.Concat(
            view.Quantities.Where(quantity => quantity.Numbers is null).Select(quantity => quantity.Meaning)))
        {
            foreach ((string letter, double number) in Said(words))
                Constants[letter] = number;
        }

        foreach (Quantity quantity in view.Quantities.Where(quantity => quantity.Numbers is not null))
        {
            ShownQuantity shown = Read(quantity, view);
            All.Add(shown);
            if (shown.Node.Key is not { } key)
                continue;
            Quantities.TryAdd(key, shown);

            // The weights of the flows are those of the step before, as a remark says.
            if (key.Contains(Before, StringComparison.Ordinal) && !key.Contains('Δ'))
                Quantities.TryAdd(key.Replace(Before, "", StringComparison.Ordinal), shown);
        }
    }

    /// <summary>The unit of rounding of the engine's element type.</summary>
    public double Unit { get; }

    public List<ShownQuantity> All { get; } = [];

    public Dictionary<string, ShownQuantity> Quantities { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, double> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions by their name, each for some neurons.</summary>
    public Dictionary<string, List<(FormulaStatement Statement, Letters Letters)>> Functions { get; } =
        new(StringComparer.Ordinal);

    /// <summary>Letters that the formula at hand defines.</summary>
    public Letters Letters { get; set; } = Letters.Empty;

    /// <summary>The neurons of the layer before those of a layer.</summary>
    public Axis LayerBefore(Axis neurons) => Axis.Of(QuantityAxis.Neurons, neurons.Layer - 1, _explanation);

    /// <summary>What the words say of letters: <c>η = 0.001</c>, <c>m = v = 0</c>.</summary>
    public static IEnumerable<(string Letter, double Number)> Said(string words)
    {
        foreach (Match match in SaidNumber().Matches(words))
        {
            double number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            foreach (string name in match.Groups["names"].Value.Split(" = ", StringSplitOptions.RemoveEmptyEntries))
                yield return (FormulaParser.Expression(name).Key!, number);
        }
    }

    /// <summary>Takes a symbol apart that is shown with a factor, such as 1/N ∂Ln/∂V.</summary>
    ShownQuantity Read(Quantity quantity, NotatedExplanation view)
    {
        FormulaNode node = FormulaParser.Expression(quantity.Symbol.Plain);
        double scale = 1;
        if (node is { Kind: FormulaKind.Multiply } && node.Parts[0].Kind == FormulaKind.Divide)
            (node, scale) = (node.Parts[1], 1 / Constants["N_^"]);
        Axis lines = Axis.Of(quantity.Lines, quantity.Layer, view.Explanation);
        Axis columns = Axis.Of(quantity.Columns, quantity.Layer, view.Explanation);

        // A chain's layers have one neuron each and its symbols no indices: its numbers are single ones.
        if (IsChain(view))
            (lines, columns) = (lines == Axis.Rows ? lines : Axis.One, columns == Axis.Rows ? columns : Axis.One);
        return new(quantity, node, scale, lines, columns);
    }

    static bool IsChain(NotatedExplanation view) =>
        view.Notation.Name == "scalars" && view.Remarks.Any(remark => remark.Contains("the chain", StringComparison.Ordinal));

    [GeneratedRegex(
        @"(?<names>(?:[\p{L}\p{No}\p{Lm}‖]+ = )+)(?<number>-?[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?)", RegexOptions.NonBacktracking)]
    private static partial Regex SaidNumber();
}
