using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Backprop;

/// <summary>What a model predicts for the rows of a table, row by row.</summary>
public sealed class Predictions : IReadOnlyList<Prediction>
{
    readonly double[] _values;
    readonly bool _isDouble;

    internal Predictions(
        double[] values, int width, ImmutableArray<string> targets, ImmutableArray<string> classes, bool isDouble)
    {
        (_values, Width, Targets, Classes, _isDouble) = (values, width, targets, classes, isDouble);
    }

    /// <summary>The number of rows.</summary>
    public int Count => _values.Length / Width;

    /// <summary>The prediction of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    public Prediction this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
            return new Prediction(this, row);
        }
    }

    /// <summary>The cells that are such as training never saw, column by column; empty where there are none.</summary>
    public ImmutableArray<UnseenCells> Unseen { get; internal init; } = [];

    /// <summary>The names of the predicted columns.</summary>
    public ImmutableArray<string> Targets { get; }

    /// <summary>The classes, in the order of their probabilities; empty for numbers.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>Numbers per row: the classes' probabilities, or the targets.</summary>
    internal int Width { get; }

    /// <summary>The class of the largest probability, the first of equal ones.</summary>
    /// <exception cref="InvalidOperationException">The model predicts numbers.</exception>
    public string Label(int row)
    {
        ThrowUnlessClasses();
        return Classes[ClassTarget.Largest(Row(row))];
    }

    /// <summary>The probability of a class.</summary>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The model predicts numbers.</exception>
    public double Probability(int row, string label)
    {
        ThrowUnlessClasses();
        int index = Classes.IndexOf(label);
        return index >= 0 ? Row(row)[index] : throw new ArgumentException($"There is no class '{label}'.");
    }

    /// <summary>The predicted number.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="target">Which of several targets, from 0.</param>
    /// <exception cref="InvalidOperationException">The model predicts classes.</exception>
    public double Number(int row, int target = 0) => Classes.IsEmpty
        ? Row(row)[target]
        : throw new InvalidOperationException("The model predicts classes; take Label or Probability.");

    /// <summary>The probabilities of the classes, or the targets' numbers, of one row.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Width, Width);

    /// <summary>The predictions of the rows, in order.</summary>
    public IEnumerator<Prediction> GetEnumerator() => Enumerable.Range(0, Count).Select(row => this[row]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Writes CSV: kept columns, <c>prediction</c>, and for classes <c>probability_CLASS</c> for each. A kept column of one of
    /// these names gets <c> (input)</c> behind it, so that no two columns have one name.
    /// </summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="table">The table that was predicted.</param>
    /// <param name="keep">Columns of the table to put in front, as their text stands in the file where it was kept.</param>
    /// <exception cref="BackpropException">The table has no such column.</exception>
    public void Write(TextWriter writer, Table table, params IReadOnlyList<string> keep) =>
        PredictionsCsv.Write(this, writer, table, keep);

    /// <summary>Writes the same to a file.</summary>
    /// <exception cref="BackpropException">The file cannot be written, or the table has no such column.</exception>
    public void Save(string path, Table table, params IReadOnlyList<string> keep) => AtomicFile.Write(path, stream =>
    {
        const int BufferLength = 1 << 15;
        using var writer = new StreamWriter(
            stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferLength, leaveOpen: true);
        Write(writer, table, keep);
    });

    /// <summary>A predicted number as text: the shortest that reads back the same in the model's precision.</summary>
    internal string Text(double value) => _isDouble
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : ((float)value).ToString("R", CultureInfo.InvariantCulture);

    internal ReadOnlySpan<double> All => _values;

    void ThrowUnlessClasses()
    {
        if (Classes.IsEmpty)
            throw new InvalidOperationException("The model predicts numbers; take Number.");
    }
}
