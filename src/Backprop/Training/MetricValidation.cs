using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Measures loss and metrics on validation rows after each epoch, in one value flow.</summary>
sealed class MetricValidation<T> : IMeasuredValidation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly LossValidation<T> _loss;
    readonly TargetDecoder _target;
    readonly ClassificationTally? _tally;
    readonly int[] _classes;
    readonly double[] _numbers;
    readonly double[] _weights;
    readonly double[] _numberWeights;
    readonly double[] _predictions;
    readonly T[] _decoded;

    /// <summary>A validation.</summary>
    /// <param name="loss">What measures the loss of the rows.</param>
    /// <param name="target">What the outputs mean.</param>
    /// <param name="truth">The rows' true targets and weights.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="positive">The index of the positive class.</param>
    public MetricValidation(LossValidation<T> loss, TargetDecoder target, Truth truth, string metric, int positive)
    {
        _loss = loss;
        _target = target;
        (_classes, _numbers, _weights) = truth;
        _numberWeights = Evaluation.WeightsOfNumbers(truth);
        Metrics = [.. Shown(target, metric).Distinct(StringComparer.Ordinal)];
        Watched = Metrics.IndexOf(metric);
        HigherIsBetter = MetricNames.HigherIsBetter(metric);
        if (target is ClassTarget classTarget)
        {
            bool ranking = metric is MetricNames.Auc or MetricNames.AveragePrecision;
            _tally = new ClassificationTally(classTarget.Classes, positive, ranking);
        }

        _predictions = new double[_numbers.Length];
        _decoded = new T[(target as ClassTarget)?.Classes.Length ?? 0];
    }

    public ImmutableArray<string> Metrics { get; }

    public int Watched { get; }

    public bool HigherIsBetter { get; }

    public void Measure(Parameters<T> parameters, Span<double> values)
    {
        _tally?.Clear();
        Finish(_loss.MeanLoss(parameters, Take), values);
    }

    public void Measure(IEngine<T> engine, Span<double> values)
    {
        _tally?.Clear();
        Finish(_loss.MeanLoss(engine, Take), values);
    }

    void Finish(double loss, Span<double> values)
    {
        if (_tally is not null)
            _tally.Measure(Metrics, loss, values);
        else
            RegressionMetrics.Measure(Metrics, loss, _numbers, _predictions, _numberWeights, values);
    }

    static IEnumerable<string> Shown(TargetDecoder target, string metric) =>
        [MetricNames.Loss, target is ClassTarget ? MetricNames.Accuracy : MetricNames.Rmse, metric];

    void Take(int row, ReadOnlySpan<T> outputs)
    {
        if (_target is ClassTarget classes)
        {
            Span<T> probabilities = _decoded.AsSpan(0, classes.Classes.Length);
            classes.Probabilities(outputs, probabilities);
            _tally!.Add<T>(probabilities, _classes[row], _weights.Length == 0 ? 1 : _weights[row]);
        }
        else
        {
            ((NumberTarget)_target).Decode(outputs, _predictions.AsSpan(row * outputs.Length, outputs.Length));
        }
    }
}
