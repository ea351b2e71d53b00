using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>How well predicted numbers match the true ones of some rows, both in the target's own unit.</summary>
/// <remarks>
/// Row weights, where given, weigh every metric. x is a prediction, t the target. All sums are compensated and run over
/// the rows in order, so the same rows give the same bits.
/// </remarks>
public sealed class RegressionMetrics
{
    RegressionMetrics()
    {
    }

    /// <summary>The number of rows measured.</summary>
    public required long Rows { get; init; }

    /// <summary>The root of the mean of (x − t)².</summary>
    public required double Rmse { get; init; }

    /// <summary>The mean of |x − t|.</summary>
    public required double Mae { get; init; }

    /// <summary>
    /// The mean of |x − t| / |t| over the rows with t ≠ 0, as a fraction (0.05 is five per cent); null where t is 0 in all
    /// rows.
    /// </summary>
    public double? Mape { get; init; }

    /// <summary>1 − Σ(x − t)² / Σ(t − t̄)², t̄ being the mean of these rows' targets; null where all targets are equal.</summary>
    public double? R2 { get; init; }

    /// <summary>
    /// The <see cref="Rmse"/> of always guessing the mean target of the training rows; null where that was not given.
    /// </summary>
    public double? BaselineRmse { get; init; }

    /// <summary>The numbers by name (see <see cref="MetricNames"/>) in the order in which they are written.</summary>
    public ImmutableArray<KeyValuePair<string, double?>> Values =>
    [
        new(MetricNames.Rmse, Rmse),
        new(MetricNames.Mae, Mae),
        new(MetricNames.Mape, Mape),
        new(MetricNames.R2, R2),
    ];

    /// <summary>Measures predictions against targets.</summary>
    /// <param name="targets">[rows]: the true values.</param>
    /// <param name="predictions">[rows]: the predicted values.</param>
    /// <param name="weights">[rows]: the weight of each row, 0 or more; empty for 1.</param>
    /// <param name="trainingMean">The mean target of the training rows, for <see cref="BaselineRmse"/>.</param>
    /// <exception cref="ArgumentException">
    /// There is no row, sizes do not match, a value is not finite, a weight is negative, or no weight is above 0.
    /// </exception>
    public static RegressionMetrics Measure(
        ReadOnlySpan<double> targets,
        ReadOnlySpan<double> predictions,
        ReadOnlySpan<double> weights = default,
        double? trainingMean = null)
    {
        if (targets.IsEmpty)
            throw new ArgumentException("There is no row to measure.");
        if (predictions.Length != targets.Length)
            throw new ArgumentException($"There are {targets.Length} targets, but {predictions.Length} predictions.");
        if (!weights.IsEmpty && weights.Length != targets.Length)
            throw new ArgumentException($"There are {targets.Length} rows, but {weights.Length} weights.");

        return Power(targets, predictions) is var power and not 0
            ? MeasureScaled(targets, predictions, weights, trainingMean, power)
            : MeasureSums(targets, predictions, weights, trainingMean);
    }

    /// <summary>
    /// Numbers whose squares a double does not hold, measured after a scaling by 2⁻ᵖᵒʷᵉʳ that changes no digit.
    /// </summary>
    static RegressionMetrics MeasureScaled(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights, double? trainingMean,
        int power)
    {
        double? mean = trainingMean is { } value ? Math.ScaleB(value, -power) : null;
        RegressionMetrics scaled = MeasureSums(Scaled(targets, power), Scaled(predictions, power), weights, mean);
        return new RegressionMetrics
        {
            Rows = scaled.Rows,
            Rmse = Math.ScaleB(scaled.Rmse, power),
            Mae = Math.ScaleB(scaled.Mae, power),
            Mape = scaled.Mape,
            R2 = scaled.R2,
            BaselineRmse = scaled.BaselineRmse is { } guess ? Math.ScaleB(guess, power) : null,
        };
    }

    static double[] Scaled(ReadOnlySpan<double> numbers, int power)
    {
        double[] scaled = [.. numbers];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = Math.ScaleB(scaled[i], -power);
        return scaled;
    }

    /// <summary>The power of two of the largest number, where squares of such numbers end; else 0.</summary>
    static int Power(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions)
    {
        const double Least = 1e-140, Most = 1e140;
        double largest = 0;
        for (int row = 0; row < targets.Length; row++)
            largest = Math.Max(largest, Math.Max(Math.Abs(targets[row]), Math.Abs(predictions[row])));
        return largest is (> 0 and < Least) or (> Most and < double.PositiveInfinity) ? Math.ILogB(largest) : 0;
    }

    static RegressionMetrics MeasureSums(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights, double? trainingMean)
    {
        CompensatedSum total = default, sum = default, squares = default, distances = default;
        CompensatedSum shares = default, shared = default;
        (double smallest, double largest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int row = 0; row < targets.Length; row++)
        {
            (double target, double prediction) = (targets[row], predictions[row]);
            double weight = weights.IsEmpty ? 1 : weights[row];
            ThrowUnlessValid(row, target, prediction, weight);
            double distance = Math.Abs(prediction - target);
            total.Add(weight);
            sum.Add(weight * target);
            squares.Add(weight * (distance * distance));
            distances.Add(weight * distance);
            if (target != 0 && weight > 0)
            {
                shares.Add(weight * (distance / Math.Abs(target)));
                shared.Add(weight);
            }

            if (weight > 0)
                (smallest, largest) = (Math.Min(smallest, target), Math.Max(largest, target));
        }

        double rows = total.Value;
        if (!(rows > 0))
            throw new ArgumentException("No row has a weight above 0.");

        return new RegressionMetrics
        {
            Rows = targets.Length,
            Rmse = Math.Sqrt(squares.Value / rows),
            Mae = distances.Value / rows,
            Mape = shared.Value > 0 ? shares.Value / shared.Value : null,
            R2 = smallest < largest ? 1 - (squares.Value / SquaresAround(sum.Value / rows, targets, weights)) : null,
            BaselineRmse = trainingMean is double mean ? Math.Sqrt(SquaresAround(mean, targets, weights) / rows) : null,
        };
    }

    /// <summary>One metric by its name; null where these rows leave it undefined.</summary>
    /// <param name="name">One of <see cref="MetricNames.ForNumbers"/> but the loss, which is not measured here.</param>
    /// <exception cref="ArgumentException">There is no such metric of numbers.</exception>
    public double? Value(string name) => name switch
    {
        MetricNames.Rmse => Rmse,
        MetricNames.Mae => Mae,
        MetricNames.Mape => Mape,
        MetricNames.R2 => R2,
        _ => throw new ArgumentException(
            $"'{name}' is not measured on predicted numbers; known are {string.Join(", ", MetricNames.ForNumbers[1..])}."),
    };

    /// <summary>
    /// Writes metrics by name: NaN for one that these rows leave undefined, and for all but the loss where a prediction is
    /// not finite, so that a diverged epoch is never taken for the best.
    /// </summary>
    /// <param name="names">Some of <see cref="MetricNames.ForNumbers"/>.</param>
    /// <param name="loss">The value for <see cref="MetricNames.Loss"/>.</param>
    /// <param name="targets">[rows]: the true values.</param>
    /// <param name="predictions">[rows]: the predicted values.</param>
    /// <param name="weights">[rows]: the weight of each row; empty for 1.</param>
    /// <param name="values">Receives one value for each name.</param>
    internal static void Measure(
        ImmutableArray<string> names,
        double loss,
        ReadOnlySpan<double> targets,
        ReadOnlySpan<double> predictions,
        ReadOnlySpan<double> weights,
        Span<double> values)
    {
        bool isFinite = true;
        foreach (double prediction in predictions)
            isFinite &= double.IsFinite(prediction);

        RegressionMetrics? metrics = isFinite ? Measure(targets, predictions, weights) : null;
        for (int i = 0; i < names.Length; i++)
            values[i] = names[i] == MetricNames.Loss ? loss : metrics?.Value(names[i]) ?? double.NaN;
    }

    static double SquaresAround(double centre, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        CompensatedSum squares = default;
        for (int row = 0; row < targets.Length; row++)
        {
            double distance = targets[row] - centre;
            squares.Add((weights.IsEmpty ? 1 : weights[row]) * (distance * distance));
        }

        return squares.Value;
    }

    static void ThrowUnlessValid(int row, double target, double prediction, double weight)
    {
        if (!double.IsFinite(target))
            throw new ArgumentException($"The target of row {row} is {target}, not a finite number.");
        if (!double.IsFinite(prediction))
            throw new ArgumentException($"The prediction of row {row} is {prediction}, not a finite number.");
        if (!double.IsFinite(weight) || weight < 0)
            throw new ArgumentException($"The weight of row {row} is {weight}; it must be 0 or more and finite.");
    }
}
