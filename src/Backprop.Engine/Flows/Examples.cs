using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Rows to learn from or to be tested on: inputs (numbers, and codes for embeddings), targets (values, or the index of a class),
/// and a weight for each row.
/// Part of the rows is taken by a list of row numbers, never by a copy.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Examples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Matrix<T> _inputs;
    readonly CodeMatrix? _codes;
    readonly Matrix<T>? _targets;
    readonly int[]? _classes;
    readonly double[]? _weights;
    readonly int[]? _rows;

    /// <summary>Rows whose targets are values.</summary>
    /// <param name="inputs">The numbers [rows, inputs], finite.</param>
    /// <param name="targets">[rows, outputs], finite.</param>
    /// <param name="weights">A weight for each row, 0 or more; null for 1.</param>
    /// <param name="codes">[rows, codes], each counted from 0; null where the network has no embeddings.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, a code is negative, or a value is not finite.</exception>
    public Examples(Matrix<T> inputs, Matrix<T> targets, double[]? weights = null, CodeMatrix? codes = null)
        : this(inputs, codes, targets, null, weights, null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ThrowUnlessSameRows(targets.Rows, "targets");
        ThrowUnlessFinite(inputs, "input");
        ThrowUnlessFinite(targets, "target");
        ThrowUnlessCodes();
    }

    /// <summary>Rows whose targets are classes.</summary>
    /// <param name="inputs">The numbers [rows, inputs], finite.</param>
    /// <param name="classes">The class of each row, counted from 0.</param>
    /// <param name="weights">A weight for each row, 0 or more; null for 1.</param>
    /// <param name="codes">[rows, codes], each counted from 0; null where the network has no embeddings.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of rows differ, a class or a code is negative, or a value is not finite.
    /// </exception>
    public Examples(Matrix<T> inputs, int[] classes, double[]? weights = null, CodeMatrix? codes = null)
        : this(inputs, codes, null, classes, weights, null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ThrowUnlessSameRows(classes.Length, "classes");
        ThrowUnlessFinite(inputs, "input");
        ThrowUnlessCodes();
        int negative = Array.FindIndex(classes, static value => value < 0);
        if (negative >= 0)
            throw new ArgumentException($"The class of row {negative} is {classes[negative]}; classes count from 0.");
    }

    Examples(Matrix<T> inputs, CodeMatrix? codes, Matrix<T>? targets, int[]? classes, double[]? weights, int[]? rows)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        (_inputs, _codes, _targets, _classes, _weights, _rows) = (inputs, codes, targets, classes, weights, rows);
        if (weights is null)
            return;

        ThrowUnlessSameRows(weights.Length, "weights");
        int wrong = Array.FindIndex(weights, static weight => !double.IsFinite(weight) || weight < 0);
        if (wrong >= 0)
            throw new ArgumentException($"The weight of row {wrong} is {weights[wrong]}; it must be 0 or more and finite.");
    }

    /// <summary>The number of rows.</summary>
    public int Count => _rows?.Length ?? _inputs.Rows;

    /// <summary>The number of inputs that are numbers.</summary>
    public int Inputs => _inputs.Columns;

    /// <summary>The number of inputs that are codes.</summary>
    public int Codes => _codes?.Columns ?? 0;

    /// <summary>Whether rows have weights other than 1.</summary>
    internal bool IsWeighted => _weights is not null;

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
            throw new ArgumentException($"Row {taken[wrong]} is not one of {Counted.Of(_inputs.Rows, "row")}.");

        return new Examples<T>(_inputs, _codes, _targets, _classes, scaleWeights ? Scaled(taken) : _weights, taken);
    }

    /// <summary>Refuses a network that these rows do not fit.</summary>
    /// <exception cref="ArgumentException">
    /// The number of inputs, codes or outputs differs, or a code is too large for its table.
    /// </exception>
    public void ThrowUnlessFits(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (Inputs != network.Inputs)
            throw new ArgumentException($"The rows have {Inputs} inputs, but the network takes {network.Inputs}.");
        if (Codes != network.Codes)
            throw Embed.WrongCount(Codes, network.Codes);
        if (network.Embeddings is { } embeddings)
        {
            for (int row = 0; row < _codes!.Rows; row++)
                embeddings.ThrowUnlessFits(_codes[row], row);
        }

        if (_targets is not null && _targets.Columns != network.Outputs)
        {
            throw new ArgumentException(
                $"The rows have {Counted.Of(_targets.Columns, "target")}, but the network has "
                + $"{Counted.Of(network.Outputs, "output")}.");
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

    /// <summary>The numbers of one row.</summary>
    internal ReadOnlySpan<T> InputsOf(int index) => _inputs[_rows?[index] ?? index];

    /// <summary>The codes of one row.</summary>
    internal ReadOnlySpan<int> CodesOf(int index) => _codes is null ? [] : _codes[_rows?[index] ?? index];

    internal double WeightOf(int index) => _weights?[_rows?[index] ?? index] ?? 1;

    /// <summary>
    /// Copies rows into a workspace: workspace row i takes the row at position <paramref name="start"/> + i, or the one
    /// that <paramref name="order"/> names there.
    /// </summary>
    internal void Gather(Workspace<T> workspace, RowRange rows, int start, int[]? order = null)
    {
        Span<int> taken = workspace.Rows.AsSpan(rows.Start, rows.Count);
        FindRows(taken, start + rows.Start, order);
        CopyRows(_inputs, taken, workspace.Inputs, rows.Start);
        for (int i = rows.Start; _codes is not null && i < rows.End; i++)
            _codes[workspace.Rows[i]].CopyTo(workspace.Codes[i]);
        if (_classes is not null)
            Pick(_classes, taken, workspace.Classes.AsSpan(rows.Start, rows.Count));
        else
            CopyRows(_targets!, taken, workspace.Targets, rows.Start);
        Span<double> weights = workspace.Weights.AsSpan(rows.Start, rows.Count);
        if (_weights is null)
            weights.Fill(1);
        else
            Pick(_weights, taken, weights);
        if (!workspace.HasPositions)
            return;

        for (int i = rows.Start; i < rows.End; i++)
            workspace.Positions[i] = start + i;
    }

    /// <summary>The rows of the matrix at some positions of an order.</summary>
    void FindRows(Span<int> rows, int start, int[]? order)
    {
        if (order is not null)
            order.AsSpan(start, rows.Length).CopyTo(rows);
        else
            for (int i = 0; i < rows.Length; i++)
                rows[i] = start + i;
        if (_rows is not null)
            Pick(_rows, rows, rows);
    }

    static void Pick<TValue>(TValue[] values, ReadOnlySpan<int> rows, Span<TValue> picked)
    {
        for (int i = 0; i < rows.Length; i++)
            picked[i] = values[rows[i]];
    }

    static void CopyRows(Matrix<T> from, ReadOnlySpan<int> rows, Matrix<T> to, int first)
    {
        if (from.Stride == VirtualLanes<T>.Count && to.Stride == from.Stride)
        {
            // Short rows with their padding: a few moves of whole vectors each.
            ref VirtualLanes<T> target = ref Unsafe.As<T, VirtualLanes<T>>(ref to.RowReference(first));
            foreach (int row in rows)
            {
                target = Unsafe.As<T, VirtualLanes<T>>(ref from.RowReference(row));
                target = ref Unsafe.Add(ref target, 1);
            }

            return;
        }

        int ahead = Prefetch.RowsAhead(from);
        for (int i = 0; i < Math.Min(ahead, rows.Length); i++)
            Prefetch.Row(from, rows[i]);
        for (int i = 0; i < rows.Length; i++)
        {
            if (ahead > 0 && i + ahead < rows.Length)
                Prefetch.Row(from, rows[i + ahead]);
            from[rows[i]].CopyTo(to[first + i]);
        }
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

    void ThrowUnlessCodes()
    {
        if (_codes is null)
            return;

        ThrowUnlessSameRows(_codes.Rows, "codes");
        int negative = _codes.All.IndexOfAnyExceptInRange(0, int.MaxValue);
        if (negative < 0)
            return;

        (int row, int column) = Math.DivRem(negative, _codes.Columns);
        throw new ArgumentException($"The code in row {row}, column {column} is {_codes[row, column]}; codes count from 0.");
    }

    static void ThrowUnlessFinite(Matrix<T> matrix, string what)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            Span<T> values = matrix[row];
            for (int column = 0; column < values.Length; column++)
            {
                if (!T.IsFinite(values[column]))
                    throw new ArgumentException(
                        $"The {what} in row {row}, column {column} is {values[column]}, not a finite number.");
            }
        }
    }
}
