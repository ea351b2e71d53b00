using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Batch normalisation: x̂ = (x − mean)·r, r = 1/√(variance + ε), X = x̂ ⊙ γ + β. While the network learns, mean and variance are
/// those of the shard, and ∂e/∂X of the layer before = (γ·r)·(∂e/∂X − (∂e/∂β + x̂·∂e/∂γ)/n), with ∂e/∂γ = Σ x̂ ⊙ ∂e/∂X and
/// ∂e/∂β = Σ ∂e/∂X over its n rows. Where it predicts, they are the running ones, constants, and the errors are ∂e/∂X ⊙ γ ⊙ r.
/// </summary>
/// <remarks>
/// Errors are passed back in place, in the errors of the layer before; the gradient is summed before that. A shard is one chunk,
/// so no sum of the gradient goes on.
/// </remarks>
sealed class BatchNormFlow<T> : LayerFlow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly BatchNormLoops<T> _loops;
    readonly ColumnSumLoops<T> _sums;
    readonly T _momentum;
    readonly T _keep;
    readonly int _tensors;
    readonly Matrix<T> _normalised;
    readonly Matrix<T> _mean;
    readonly Matrix<T> _variance;
    readonly Matrix<T> _factorErrors;
    readonly Matrix<T> _biasErrors;
    readonly Matrix<T> _meanErrors;
    readonly Matrix<T> _meanProducts;

    /// <summary>
    /// The rows whose own statistics the values in the workspace came from; 0 where they came from the running ones.
    /// </summary>
    int _rows;

    public BatchNormFlow(BatchNorm layer, LayerRoom<T> room)
        : base(room, room.Values(room.Columns), room.InErrors ?? room.Errors(room.Columns))
    {
        _loops = BatchNormLoops<T>.For(room.Width, Rounding.To<T>(layer.Epsilon));
        _sums = ColumnSumLoops<T>.For(room.Width);
        (_momentum, _keep) = (Rounding.To<T>(layer.Momentum), Rounding.To<T>(1 - layer.Momentum));
        _tensors = room.Tensors[0];
        _normalised = room.HasErrors ? room.Values(room.Columns) : X;
        (_mean, _variance) = (new Matrix<T>(1, room.Columns), new Matrix<T>(1, room.Columns));
        (_factorErrors, _biasErrors) = (new Matrix<T>(1, room.Columns), new Matrix<T>(1, room.Columns));
        (_meanErrors, _meanProducts) = (new Matrix<T>(1, room.Columns), new Matrix<T>(1, room.Columns));
    }

    /// <summary>x̂ [rows, out] of a workspace in which errors flow.</summary>
    public override Matrix<T> Normalised => _normalised;

    /// <summary>
    /// The shard's mean and variance that the values in the workspace came from; null where they came from the running ones.
    /// </summary>
    public override (Matrix<T> Mean, Matrix<T> Variance)? OfShard => _rows > 0 ? (_mean, _variance) : null;

    public override void SumValues(int count, RowRange columns)
    {
        if (count < 2)
            throw new ArgumentException($"Batch statistics need at least 2 rows, not {count}.");
        _rows = count;
        _sums.Sum(In, count, _mean, columns, goOn: false);
        Divide(_mean, _mean, count, columns);
        _sums.SumSquares(In, _mean, count, _variance, columns);
        Divide(_variance, _variance, count, columns);
    }

    public override void Values(Parameters<T> parameters, RowRange rows, Pass pass)
    {
        if (!pass.Learns)
            _rows = 0;
        _loops.Normalise(
            In, Mean(parameters), Variance(parameters), Factors(parameters), Bias(parameters), _normalised, X, rows);
    }

    public override void SumErrors(int count, RowRange columns)
    {
        _sums.SumProducts(_normalised, Delta, count, _factorErrors, columns, goOn: false);
        _sums.Sum(Delta, count, _biasErrors, columns, goOn: false);
        if (_rows > 0)
        {
            Divide(_factorErrors, _meanProducts, count, columns);
            Divide(_biasErrors, _meanErrors, count, columns);
        }
        else
        {
            _meanProducts[0][columns.Start..columns.End].Clear();
            _meanErrors[0][columns.Start..columns.End].Clear();
        }
    }

    public override void PassBack(Parameters<T> parameters, RowRange rows)
    {
        if (InErrors is not null)
        {
            _loops.PassBack(
                Delta, _normalised, Variance(parameters), Factors(parameters), _meanErrors, _meanProducts, InErrors, rows);
        }
    }

    public override void Gradient(Parameters<T> gradient, RowRange part, int count, bool goOn)
    {
        if (part.Count <= 0)
            return;
        _factorErrors[0].CopyTo(Factors(gradient)[0]);
        _biasErrors[0].CopyTo(Bias(gradient)[0]);
    }

    public override void UpdateStatistics(Parameters<T> parameters)
    {
        if (_rows == 0)
            throw new InvalidOperationException("The values came from the running statistics, so there are none to take in.");

        Span<T> means = parameters.Tensors[_tensors + 2][0];
        Span<T> variances = parameters.Tensors[_tensors + 3][0];
        T rows = Rounding.To<T>(_rows), others = Rounding.To<T>(_rows - 1);
        for (int j = 0; j < means.Length; j++)
        {
            means[j] = _keep * means[j] + _momentum * _mean[0][j];
            variances[j] = _keep * variances[j] + _momentum * (_variance[0][j] * rows / others);
        }
    }

    Matrix<T> Factors(Parameters<T> parameters) => parameters.Tensors[_tensors];

    Matrix<T> Bias(Parameters<T> parameters) => parameters.Tensors[_tensors + 1];

    Matrix<T> Mean(Parameters<T> parameters) => _rows > 0 ? _mean : parameters.Tensors[_tensors + 2];

    Matrix<T> Variance(Parameters<T> parameters) => _rows > 0 ? _variance : parameters.Tensors[_tensors + 3];

    static void Divide(Matrix<T> sums, Matrix<T> means, int count, RowRange columns)
    {
        T divisor = Rounding.To<T>(count);
        ReadOnlySpan<T> from = sums[0];
        Span<T> to = means[0];
        for (int j = columns.Start; j < columns.End; j++)
            to[j] = from[j] / divisor;
    }
}
