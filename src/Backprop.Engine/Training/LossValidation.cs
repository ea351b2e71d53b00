using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>A validation that measures the mean loss Σwℓ/Σw of some rows.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LossValidation<T> : IMeasuredValidation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Examples<T> _examples;
    readonly T[] _losses;
    readonly Lazy<RowMeasure<T>> _measure;

    /// <summary>A validation on the given rows.</summary>
    /// <exception cref="ArgumentException">Rows, loss and network do not fit each other, or no row has a weight above
    /// 0.</exception>
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
        _losses = new T[examples.Count];
        _measure = new Lazy<RowMeasure<T>>(() => new RowMeasure<T>(
            new ErrorFlow<T>(network, loss), Math.Min(examples.Count, CpuOptions.UsualChunkRows), LaneWidths.Best));
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Metrics { get; } = ["loss"];

    /// <inheritdoc/>
    public int Watched => 0;

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <inheritdoc/>
    public void Measure(Parameters<T> parameters, Span<double> values) => values[0] = MeanLoss(parameters);

    void IMeasuredValidation<T>.Measure(IEngine<T> engine, Span<double> values) => values[0] = MeanLoss(engine, null);

    /// <summary>Σwℓ/Σw over the rows, in their order.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="take">Receives each row's outputs as well, in order; null where they are not wanted.</param>
    public double MeanLoss(Parameters<T> parameters, Action<int, ReadOnlySpan<T>>? take = null)
    {
        _measure.Value.Run(parameters, _examples, _losses, take);
        return Mean();
    }

    /// <summary>The same by an engine.</summary>
    internal double MeanLoss(IEngine<T> engine, Action<int, ReadOnlySpan<T>>? take)
    {
        engine.Measure(_examples, _losses, take);
        return Mean();
    }

    double Mean()
    {
        CompensatedSum losses = default;
        CompensatedSum weights = default;
        for (int row = 0; row < _losses.Length; row++)
        {
            losses.Add(_examples.WeightOf(row) * Rounding.ToDouble(_losses[row]));
            weights.Add(_examples.WeightOf(row));
        }

        return losses.Value / weights.Value;
    }
}
