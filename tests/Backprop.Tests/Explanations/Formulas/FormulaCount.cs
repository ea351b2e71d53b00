using Xunit;

namespace Backprop.Tests;

/// <summary>Checks explanations in every notation and counts what was evaluated, so that nothing is left out unseen.</summary>
sealed class FormulaCount
{
    readonly Dictionary<string, int> _steps = new(StringComparer.Ordinal);
    readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    int _cells;
    int _loose;

    /// <summary>Evaluates all that is printed of an explanation, in every notation that can express it.</summary>
    public void Add(Explanation explanation)
    {
        foreach (NotatedExplanation view in FormulaCases.Views(explanation))
        {
            FormulaChecker checker = FormulaChecker.Run(view);
            Assert.True(
                checker.Failures.Count == 0,
                $"{view.Notation}, {explanation.Network}, {explanation.Loss}, {explanation.Update.Optimizer}, step "
                    + $"{explanation.Update.Step}, "
                + $"{explanation.Rows.Length} rows, {explanation.Reduction}:\n{string.Join('\n', checker.Failures.Take(8))}");
            Assert.All(
                view.Quantities.Where(quantity => quantity.Formula is not null),
                quantity => Assert.Contains(
                    checker.Formulas, text => text.Contains(quantity.Formula!.Value.Plain, StringComparison.Ordinal)
                    || quantity.Formula.Value.Plain.Any("ᵏᵢⁱ".Contains)));
            _steps[view.Notation.Name] = _steps.GetValueOrDefault(view.Notation.Name) + checker.Formulas.Count;
            _texts.UnionWith(checker.Formulas);
            _cells += checker.Cells;
            _loose += checker.LooseCells;
        }
    }

    /// <summary>Says what was counted, and that it is not less than it must be.</summary>
    public void AssertAtLeast(params (string Notation, int Formulas)[] least)
    {
        Console.WriteLine(
            $"{_texts.Count} formulas, {string.Join(", ", _steps.Select(pair => $"{pair.Value} of {pair.Key}"))} evaluated; "
            + $"{_cells} numbers compared, {_loose} of them with a tolerance above 10⁻⁴ of the largest.");
        Assert.All(least, pair => Assert.InRange(_steps.GetValueOrDefault(pair.Notation), pair.Formulas, int.MaxValue));
        Assert.InRange(_loose, 0, _cells / 100);
    }
}
