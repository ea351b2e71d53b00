using System.Collections.Concurrent;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The value flow alone, for rows of any number: what a network with its parameters gives for its inputs. Any number of
/// threads may use one predictor at once. A row's output has the same bits in any company of other rows.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Predictor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows computed at a time.</summary>
    const int ChunkRows = 256;

    readonly ValueFlow<T> _values;
    readonly LaneWidth _width;
    readonly Embed? _embeddings;
    readonly int _codes;
    readonly ConcurrentBag<Workspace<T>> _small = [];
    readonly ConcurrentBag<Workspace<T>> _large = [];

    /// <summary>A predictor.</summary>
    /// <param name="parameters">The parameters, which must not change while rows are predicted.</param>
    public Predictor(Parameters<T> parameters)
        : this(parameters, LaneWidths.Best)
    {
    }

    internal Predictor(Parameters<T> parameters, LaneWidth width)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        (_values, _width) = (new ValueFlow<T>(parameters.Network), width);
        (_embeddings, _codes) = (parameters.Network.Embeddings, parameters.Network.Codes);
    }

    /// <summary>The parameters.</summary>
    public Parameters<T> Parameters { get; }

    /// <summary>The network's outputs for all rows of a matrix.</summary>
    /// <param name="inputs">[rows, inputs].</param>
    /// <returns>[rows, outputs].</returns>
    /// <exception cref="ArgumentException">The number of inputs is not the network's, or it takes codes.</exception>
    public Matrix<T> Predict(Matrix<T> inputs) => Predict(inputs, null);

    /// <summary>The network's outputs for all rows of numbers and codes.</summary>
    /// <param name="inputs">The numbers [rows, inputs].</param>
    /// <param name="codes">[rows, codes]; null for a network without embeddings.</param>
    /// <returns>[rows, outputs].</returns>
    /// <exception cref="ArgumentException">
    /// The number of inputs or codes is not the network's, the numbers of rows differ, or a code is out of range.
    /// </exception>
    public Matrix<T> Predict(Matrix<T> inputs, CodeMatrix? codes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Columns != Parameters.Network.Inputs)
        {
            throw new ArgumentException(
                $"The rows have {inputs.Columns} inputs, but the network takes {Parameters.Network.Inputs}.");
        }

        if ((codes?.Columns ?? 0) != _codes)
            throw Embed.WrongCount(codes?.Columns ?? 0, _codes);
        if (codes is not null && codes.Rows != inputs.Rows)
            throw new ArgumentException($"There are {inputs.Rows} rows of inputs, but {codes.Rows} of codes.");

        var outputs = new Matrix<T>(inputs.Rows, Parameters.Network.Outputs);
        Run(inputs.Rows, Fill, (row, from) => from.CopyTo(outputs[row]));
        return outputs;

        void Fill(int row, Span<T> numbers, Span<int> own)
        {
            inputs[row].CopyTo(numbers);
            codes?[row].CopyTo(own);
        }
    }

    /// <summary>The network's outputs for one row.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">Receives the outputs.</param>
    /// <exception cref="ArgumentException">The number of inputs or outputs is not the network's, or it takes codes.</exception>
    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs) => Predict(inputs, [], outputs);

    /// <summary>The network's outputs for one row of numbers and codes.</summary>
    /// <param name="inputs">The numbers.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="outputs">Receives the outputs.</param>
    /// <exception cref="ArgumentException">
    /// The number of inputs, codes or outputs is not the network's, or a code is out of range.
    /// </exception>
    public void Predict(ReadOnlySpan<T> inputs, ReadOnlySpan<int> codes, Span<T> outputs)
    {
        Network network = Parameters.Network;
        if (inputs.Length != network.Inputs || outputs.Length != network.Outputs)
        {
            throw new ArgumentException(
                $"{inputs.Length} inputs and {outputs.Length} outputs do not fit the network {network}.");
        }

        if (codes.Length != _codes)
            throw Embed.WrongCount(codes.Length, _codes);
        _embeddings?.ThrowUnlessFits(codes, 0);
        Workspace<T> workspace = Rent(1);
        inputs.CopyTo(workspace.Inputs[0]);
        codes.CopyTo(workspace.Codes[0]);
        Flow(workspace, 1);
        workspace.X[^1][0].CopyTo(outputs);
        Return(workspace);
    }

    /// <summary>The network's outputs for rows that a caller fills in and takes out one by one.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="fill">Writes the inputs of a row.</param>
    /// <param name="take">Reads the outputs of a row.</param>
    /// <exception cref="ArgumentException">The network takes codes.</exception>
    public void Run(int count, Action<int, Span<T>> fill, Action<int, ReadOnlySpan<T>> take)
    {
        ArgumentNullException.ThrowIfNull(fill);
        if (_codes > 0)
            throw Embed.WrongCount(0, _codes);
        Run(count, (row, numbers, _) => fill(row, numbers), take);
    }

    /// <summary>The network's outputs for rows of numbers and codes that a caller fills in and takes out one by one.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="fill">Writes the numbers and the codes of a row.</param>
    /// <param name="take">Reads the outputs of a row.</param>
    /// <exception cref="ArgumentException">A code is out of range.</exception>
    public void Run(int count, Action<int, Span<T>, Span<int>> fill, Action<int, ReadOnlySpan<T>> take)
    {
        ArgumentNullException.ThrowIfNull(fill);
        ArgumentNullException.ThrowIfNull(take);
        Workspace<T> workspace = Rent(count);
        for (int start = 0; start < count; start += workspace.Capacity)
        {
            int rows = Math.Min(workspace.Capacity, count - start);
            for (int i = 0; i < rows; i++)
            {
                fill(start + i, workspace.Inputs[i], workspace.Codes[i]);
                _embeddings?.ThrowUnlessFits(workspace.Codes[i], start + i);
            }

            Flow(workspace, rows);
            for (int i = 0; i < rows; i++)
                take(start + i, workspace.X[^1][i]);
        }

        Return(workspace);
    }

    void Flow(Workspace<T> workspace, int rows)
    {
        workspace.Begin(rows, hasClasses: false);
        _values.Run(Parameters, workspace);
    }

    Workspace<T> Rent(int rows)
    {
        if (rows == 1)
            return _small.TryTake(out Workspace<T>? one) ? one : Room(1);
        return _large.TryTake(out Workspace<T>? many) ? many : Room(ChunkRows);
    }

    Workspace<T> Room(int rows) => new(Parameters.Network, rows, WorkspaceUse.Values, _width);

    void Return(Workspace<T> workspace) => (workspace.Capacity == 1 ? _small : _large).Add(workspace);
}
