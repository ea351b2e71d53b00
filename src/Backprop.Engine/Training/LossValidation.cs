using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>A validation that measures the mean loss Σwℓ/Σw of some rows.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LossValidation<T> : IValidation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Examples<T> _examples;
    readonly ValueFlow<T> _values;
    readonly ErrorFlow<T> _errors;
    readonly Workspace<T> _workspace;

    /// <summary>A validation on the given rows.</summary>
    /// <exception cref="ArgumentException">Rows, loss and network do not fit each other, or no row has a weight above 0.</exception>
    public LossValidation(Network network, Loss loss, Examples<T> examples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        examples.ThrowUnlessFits(network, loss);
        if (examples.Count == 0)
            throw new ArgumentException("There are no rows to validate on.");
        if (!(examples.TotalWeight() > 0))
            throw new ArgumentException("No row to validate on has a weight above 0.");
        _examples = examples;
        _values = new ValueFlow<T>(network);
        _errors = new ErrorFlow<T>(network, loss);
        _workspace = new Workspace<T>(network, Math.Min(examples.Count, GradientStep<T>.ChunkRows));
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Metrics { get; } = ["loss"];

    /// <inheritdoc/>
    public int Watched => 0;

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <inheritdoc/>
    public void Measure(Parameters<T> parameters, Span<double> values) => values[0] = MeanLoss(parameters);

    /// <summary>Σwℓ/Σw over the rows, in their order.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="take">Receives each row's outputs as well, in order; null where they are not wanted.</param>
    public double MeanLoss(Parameters<T> parameters, Action<int, ReadOnlySpan<T>>? take = null)
    {
        CompensatedSum losses = default;
        CompensatedSum weights = default;
        for (int start = 0; start < _examples.Count; start += _workspace.Capacity)
        {
            var rows = new RowRange(0, Math.Min(_workspace.Capacity, _examples.Count - start));
            _workspace.Begin(rows.Count, _examples.HasClasses);
            _examples.Gather(_workspace, rows, start);
            bool needsOutput = take is not null || _errors.Loss.Kind == LossKind.Plain;
            _values.Run(parameters, _workspace, rows, new Pass(-1, needsOutput));
            _errors.Losses(_workspace, rows);
            for (int row = 0; row < rows.Count; row++)
            {
                losses.Add(_workspace.Weights[row] * Rounding.ToDouble(_workspace.Losses[row]));
                weights.Add(_workspace.Weights[row]);
                take?.Invoke(start + row, _workspace.X[^1][row]);
            }
        }

        return losses.Value / weights.Value;
    }
}
