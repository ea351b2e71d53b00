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
    }

    /// <summary>The parameters.</summary>
    public Parameters<T> Parameters { get; }

    /// <summary>The network's outputs for all rows of a matrix.</summary>
    /// <param name="inputs">[rows, inputs].</param>
    /// <returns>[rows, outputs].</returns>
    /// <exception cref="ArgumentException">The number of inputs is not the network's.</exception>
    public Matrix<T> Predict(Matrix<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Columns != Parameters.Network.Inputs)
        {
            throw new ArgumentException(
                $"The rows have {inputs.Columns} inputs, but the network takes {Parameters.Network.Inputs}.");
        }

        var outputs = new Matrix<T>(inputs.Rows, Parameters.Network.Outputs);
        Run(inputs.Rows, (row, to) => inputs[row].CopyTo(to), (row, from) => from.CopyTo(outputs[row]));
        return outputs;
    }

    /// <summary>The network's outputs for one row.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">Receives the outputs.</param>
    /// <exception cref="ArgumentException">The number of inputs or outputs is not the network's.</exception>
    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        Network network = Parameters.Network;
        if (inputs.Length != network.Inputs || outputs.Length != network.Outputs)
        {
            throw new ArgumentException(
                $"{inputs.Length} inputs and {outputs.Length} outputs do not fit the network {network}.");
        }

        Workspace<T> workspace = Rent(1);
        inputs.CopyTo(workspace.Inputs[0]);
        Flow(workspace, 1);
        workspace.X[^1][0].CopyTo(outputs);
        Return(workspace);
    }

    /// <summary>The network's outputs for rows that a caller fills in and takes out one by one.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="fill">Writes the inputs of a row.</param>
    /// <param name="take">Reads the outputs of a row.</param>
    public void Run(int count, Action<int, Span<T>> fill, Action<int, ReadOnlySpan<T>> take)
    {
        ArgumentNullException.ThrowIfNull(fill);
        ArgumentNullException.ThrowIfNull(take);
        Workspace<T> workspace = Rent(count);
        for (int start = 0; start < count; start += workspace.Capacity)
        {
            int rows = Math.Min(workspace.Capacity, count - start);
            for (int i = 0; i < rows; i++)
                fill(start + i, workspace.Inputs[i]);

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
