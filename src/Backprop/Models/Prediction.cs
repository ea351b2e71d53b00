using System.Collections.Immutable;

namespace Backprop;

/// <summary>What a model predicts for one row.</summary>
public sealed class Prediction
{
    readonly Predictions _all;
    readonly int _row;

    internal Prediction(Predictions all, int row) => (_all, _row) = (all, row);

    /// <summary>The class of the largest probability, the first of equal ones.</summary>
    /// <exception cref="InvalidOperationException">The model predicts numbers.</exception>
    public string Label => _all.Label(_row);

    /// <summary>The probability of <see cref="Label"/>.</summary>
    /// <exception cref="InvalidOperationException">The model predicts numbers.</exception>
    public double Probability => _all.Probability(_row, Label);

    /// <summary>The predicted number, the first where there are several.</summary>
    /// <exception cref="InvalidOperationException">The model predicts classes.</exception>
    public double Number => _all.Number(_row);

    /// <summary>The probabilities of the classes in their order, or the numbers of the targets in theirs.</summary>
    public ReadOnlySpan<double> Values => _all.Row(_row);

    /// <summary>
    /// The cells of all rows that were predicted together that are such as training never saw; empty where there are none.
    /// </summary>
    public ImmutableArray<UnseenCells> Unseen => _all.Unseen;

    /// <summary>The probability of a class.</summary>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The model predicts numbers.</exception>
    public double ProbabilityOf(string label) => _all.Probability(_row, label);

    /// <summary>The predicted number of one of several targets.</summary>
    /// <exception cref="ArgumentException">There is no such target.</exception>
    /// <exception cref="InvalidOperationException">The model predicts classes.</exception>
    public double NumberOf(string target)
    {
        int index = _all.Targets.IndexOf(target);
        return index >= 0 ? _all.Number(_row, index) : throw new ArgumentException($"There is no target '{target}'.");
    }

    /// <summary>The label with its probability, or the numbers.</summary>
    public override string ToString() => _all.Classes.IsEmpty
        ? string.Join(", ", Values.ToArray().Select(_all.Text))
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Label} ({Probability:P1})");
}
