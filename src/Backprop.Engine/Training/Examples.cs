using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Rows to learn from or to be tested on: inputs, targets (values, or the index of a class), and a weight for each row.
/// Part of the rows is taken by a list of row numbers, never by a copy.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Examples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Matrix<T> _inputs;
    readonly Matrix<T>? _targets;
    readonly int[]? _classes;
    readonly double[]? _weights;
    readonly int[]? _rows;

    /// <summary>Rows whose targets are values.</summary>
    /// <param name="inputs">[rows, inputs], finite.</param>
    /// <param name="targets">[rows, outputs], finite.</param>
    /// <param name="weights">A weight for each row, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or a value is not finite.</exception>
    public Examples(Matrix<T> inputs, Matrix<T> targets, double[]? weights = null)
        : this(inputs, targets, null, weights, null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ThrowUnlessSameRows(targets.Rows, "targets");
        ThrowUnlessFinite(inputs, "input");
        ThrowUnlessFinite(targets, "target");
    }

    /// <summary>Rows whose targets are classes.</summary>
    /// <param name="inputs">[rows, inputs], finite.</param>
    /// <param name="classes">The class of each row, counted from 0.</param>
    /// <param name="weights">A weight for each row, 0 or more; null for 1.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, a class is negative, or a value is not finite.</exception>
    public Examples(Matrix<T> inputs, int[] classes, double[]? weights = null)
        : this(inputs, null, classes, weights, null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ThrowUnlessSameRows(classes.Length, "classes");
        ThrowUnlessFinite(inputs, "input");
        int negative = Array.FindIndex(classes, static value => value < 0);
        if (negative >= 0)
            throw new ArgumentException($"The class of row {negative} is {classes[negative]}; classes count from 0.");
    }

    Examples(Matrix<T> inputs, Matrix<T>? targets, int[]? classes, double[]? weights, int[]? rows)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        (_inputs, _targets, _classes, _weights, _rows) = (inputs, targets, classes, weights, rows);
        if (weights is null)
            return;

        ThrowUnlessSameRows(weights.Length, "weights");
        int wrong = Array.FindIndex(weights, static weight => !double.IsFinite(weight) || weight < 0);
        if (wrong >= 0)
            throw new ArgumentException($"The weight of row {wrong} is {weights[wrong]}; it must be 0 or more and finite.");
    }

    /// <summary>The number of rows.</summary>
    public int Count => _rows?.Length ?? _inputs.Rows;

    /// <summary>The number of inputs.</summary>
    public int Inputs => _inputs.Columns;

    /// <summary>Whether targets are class indices.</summary>
    public bool HasClasses => _classes is not null;

    /// <summary>
    /// Some of these rows, in the order given, without a copy. Their weights are scaled to mean 1 where
    /// <paramref name="scaleWeights"/> says so (for training rows).
    /// </summary>
    /// <exception cref="ArgumentException">A row number is out of range, or no weight is above 0.</exception>
    public Examples<T> Take(int[] rows, bool scaleWeights = false)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] taken = _rows is null ? rows : [.. rows.Select(row => _rows[row])];
        int wrong = Array.FindIndex(taken, row => (uint)row >= (uint)_inputs.Rows);
        if (wrong >= 0)
            throw new ArgumentException($"Row {taken[wrong]} is not one of the {_inputs.Rows} rows.");

        return new Examples<T>(_inputs, _targets, _classes, scaleWeights ? Scaled(taken) : _weights, taken);
    }

    /// <summary>Refuses a network that these rows do not fit.</summary>
    /// <exception cref="ArgumentException">The number of inputs or outputs differs.</exception>
    public void ThrowUnlessFits(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (Inputs != network.Inputs)
            throw new ArgumentException($"The rows have {Inputs} inputs, but the network takes {network.Inputs}.");
        if (_targets is not null && _targets.Columns != network.Outputs)
        {
            throw new ArgumentException(
                $"The rows have {_targets.Columns} targets, but the network has {network.Outputs} outputs.");
        }

        int tooLarge = _classes is null ? -1 : Array.FindIndex(_classes, value => value >= network.Outputs);
        if (tooLarge >= 0)
        {
            throw new ArgumentException(
                $"Row {tooLarge} is of class {_classes![tooLarge]}, but the network has {network.Outputs} outputs.");
        }
    }

    /// <summary>Refuses a network and a loss that these rows do not fit.</summary>
    /// <exception cref="ArgumentException">
    /// The number of inputs or outputs differs, or the loss is none of the network's output or takes no class indices.
    /// </exception>
    internal void ThrowUnlessFits(Network network, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ThrowUnlessFits(network);
        loss.ThrowUnlessFits(network);
        if (HasClasses && loss.Kind != LossKind.Softmax)
            throw new ArgumentException($"The loss {loss} takes target values, not class indices.");
    }

    /// <summary>The sum of the rows' weights.</summary>
    internal double TotalWeight()
    {
        CompensatedSum sum = default;
        for (int i = 0; i < Count; i++)
            sum.Add(WeightOf(i));
        return sum.Value;
    }

    /// <summary>The inputs of one row.</summary>
    internal ReadOnlySpan<T> InputsOf(int index) => _inputs[_rows?[index] ?? index];

    internal double WeightOf(int index) => _weights?[_rows?[index] ?? index] ?? 1;

    /// <summary>
    /// Copies rows into a workspace: workspace row i takes the row at position <paramref name="start"/> + i, or the one
    /// that <paramref name="order"/> names there.
    /// </summary>
    internal void Gather(Workspace<T> workspace, RowRange rows, int start, int[]? order = null)
    {
        int ahead = Prefetch.RowsAhead(_inputs);
        for (int i = rows.Start; i < Math.Min(rows.Start + ahead, rows.End); i++)
            Ask(RowAt(start + i, order));
        for (int i = rows.Start; i < rows.End; i++)
        {
            int coming = i + ahead;
            if (ahead > 0 && coming < rows.End)
                Ask(RowAt(start + coming, order));
            int row = RowAt(start + i, order);
            _inputs[row].CopyTo(workspace.Inputs[i]);
            if (_classes is not null)
                workspace.Classes[i] = _classes[row];
            else
                _targets![row].CopyTo(workspace.Targets[i]);
            workspace.Weights[i] = _weights?[row] ?? 1;
            workspace.Positions[i] = start + i;
        }
    }

    /// <summary>Asks for all that belongs to a row before it is copied.</summary>
    void Ask(int row)
    {
        Prefetch.Row(_inputs, row);
        if (_classes is not null)
            Prefetch.Element(_classes, row);
        else
            Prefetch.Row(_targets!, row);
        if (_weights is not null)
            Prefetch.Element(_weights, row);
    }

    /// <summary>The row of the matrix at a position of an order.</summary>
    int RowAt(int position, int[]? order)
    {
        int row = order is null ? position : order[position];
        return _rows is null ? row : _rows[row];
    }

    double[]? Scaled(int[] rows)
    {
        if (_weights is null)
            return null;

        double sum = rows.Sum(row => _weights[row]);
        if (!(sum > 0))
            throw new ArgumentException("No row has a weight above 0.");

        double factor = rows.Length / sum;
        return [.. _weights.Select(weight => weight * factor)];
    }

    void ThrowUnlessSameRows(int count, string what)
    {
        if (count != _inputs.Rows)
            throw new ArgumentException($"There are {_inputs.Rows} rows of inputs, but {count} of {what}.");
    }

    static void ThrowUnlessFinite(Matrix<T> matrix, string what)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            Span<T> values = matrix[row];
            for (int column = 0; column < values.Length; column++)
            {
                if (!T.IsFinite(values[column]))
                    throw new ArgumentException($"The {what} in row {row}, column {column} is {values[column]}, not a finite number.");
            }
        }
    }
}
