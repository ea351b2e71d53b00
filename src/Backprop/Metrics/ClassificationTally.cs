using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Collects what <see cref="ClassificationMetrics"/> needs row by row, so that probabilities of many rows need not be held
/// at once. Rows must come in order: the sums depend on it in their last bit.
/// </summary>
sealed class ClassificationTally
{
    /// <summary>The smallest probability whose logarithm is taken: a single row costs at most 34.5.</summary>
    const double SmallestProbability = 1e-15;

    readonly IReadOnlyList<string> _classNames;
    readonly int _positiveClass;
    readonly bool _withRanking;
    readonly CompensatedSum[] _confusion;
    readonly CompensatedSum[] _ofTruth;
    readonly CompensatedSum[] _ofPrediction;
    readonly CompensatedSum[] _ofHits;
    readonly ScoreList _positives = new();
    readonly ScoreList _negatives = new();
    CompensatedSum _total;
    CompensatedSum _hits;
    CompensatedSum _logLoss;
    bool _isWeighted;

    /// <param name="classNames">The classes in the order of the probabilities.</param>
    /// <param name="positiveClass">Of two classes, the one that is ranked.</param>
    /// <param name="withRanking">Whether scores are kept for AUC and average precision.</param>
    public ClassificationTally(IReadOnlyList<string> classNames, int positiveClass = 1, bool withRanking = true)
    {
        int count = classNames.Count;
        if (count < 2)
            throw new ArgumentException($"There must be at least two classes, not {count}.");
        if (count == 2 && positiveClass is not (0 or 1))
            throw new ArgumentException($"The positive class is {positiveClass}; it must be 0 or 1.");

        (_classNames, _positiveClass, _withRanking) = (classNames, positiveClass, withRanking && count == 2);
        _confusion = new CompensatedSum[count * count];
        (_ofTruth, _ofPrediction, _ofHits) = (new CompensatedSum[count], new CompensatedSum[count], new CompensatedSum[count]);
    }

    /// <summary>The number of rows added.</summary>
    public long Rows { get; private set; }

    /// <summary>The first row, counted from 0, with a probability that is not a number; -1 if there is none.</summary>
    public long FirstNaN { get; private set; } = -1;

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        Array.Clear(_confusion);
        Array.Clear(_ofTruth);
        Array.Clear(_ofPrediction);
        Array.Clear(_ofHits);
        _positives.Clear();
        _negatives.Clear();
        (_total, _hits, _logLoss) = (default, default, default);
        (Rows, FirstNaN, _isWeighted) = (0, -1, false);
    }

    /// <summary>Adds the next row.</summary>
    /// <param name="probabilities">[classes]; in single precision they are widened exactly.</param>
    /// <param name="trueClass">The row's class.</param>
    /// <param name="weight">The row's weight.</param>
    public void Add<T>(ReadOnlySpan<T> probabilities, int trueClass, double weight = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = _classNames.Count;
        if (probabilities.Length != count)
            throw new ArgumentException($"Row {Rows} has {probabilities.Length} probabilities for {count} classes.");
        if ((uint)trueClass >= (uint)count)
            throw new ArgumentException($"Row {Rows} is of class {trueClass}, but there are {count} classes.");
        if (!double.IsFinite(weight) || weight < 0)
            throw new ArgumentException($"The weight of row {Rows} is {weight}; it must be 0 or more and finite.");

        int predicted = Predict(probabilities);
        _confusion[(trueClass * count) + predicted].Add(weight);
        _isWeighted |= weight != 1;
        _total.Add(weight);
        _ofTruth[trueClass].Add(weight);
        _ofPrediction[predicted].Add(weight);
        if (predicted == trueClass)
        {
            _hits.Add(weight);
            _ofHits[trueClass].Add(weight);
        }

        double probability = double.CreateTruncating(probabilities[trueClass]);
        _logLoss.Add(-weight * Log(Math.Clamp(probability, SmallestProbability, 1)));
        if (_withRanking)
        {
            ScoreList scores = trueClass == _positiveClass ? _positives : _negatives;
            scores.Add(double.CreateTruncating(probabilities[_positiveClass]), weight);
        }

        Rows++;
    }

    /// <summary>
    /// Writes metrics by name: NaN for one that these rows leave undefined, and for all but the loss where a probability
    /// is not a number, so that a diverged epoch is never taken for the best.
    /// </summary>
    /// <param name="names">Some of <see cref="MetricNames.ForTwoClasses"/>.</param>
    /// <param name="loss">The value for <see cref="MetricNames.Loss"/>.</param>
    /// <param name="values">Receives one value for each name.</param>
    public void Measure(ImmutableArray<string> names, double loss, Span<double> values)
    {
        if (FirstNaN < 0)
            ThrowUnlessMeasurable();

        (double? Auc, double? AveragePrecision)? ranking = null;
        for (int i = 0; i < names.Length; i++)
        {
            double? value = names[i] switch
            {
                MetricNames.Loss => loss,
                _ when FirstNaN >= 0 => null,
                MetricNames.Accuracy => Accuracy,
                MetricNames.BalancedAccuracy => BalancedAccuracy(),
                MetricNames.MacroF1 => MacroF1(),
                MetricNames.F1 => Scores(_positiveClass).F1,
                MetricNames.LogLoss => LogLoss,
                MetricNames.Auc => (ranking ??= Ranking()).Auc,
                MetricNames.AveragePrecision => (ranking ??= Ranking()).AveragePrecision,
                _ => throw new ArgumentException($"The metric '{names[i]}' is not one of classes."),
            };
            values[i] = value ?? double.NaN;
        }
    }

    /// <summary>All metrics of the rows so far.</summary>
    /// <param name="mostFrequentClass">The most frequent class of the training rows, for the baseline.</param>
    public ClassificationMetrics ToMetrics(int? mostFrequentClass = null)
    {
        ThrowUnlessMeasurable();
        int count = _classNames.Count;
        if (mostFrequentClass is int guess && (uint)guess >= (uint)count)
            throw new ArgumentException($"The most frequent class is {guess}, but there are {count} classes.");

        (double? auc, double? averagePrecision) = Ranking();
        ImmutableArray<KeyValuePair<string, double?>> values =
        [
            new(MetricNames.Accuracy, Accuracy),
            new(MetricNames.BalancedAccuracy, BalancedAccuracy()),
            new(MetricNames.MacroF1, MacroF1()),
            new(MetricNames.LogLoss, LogLoss),
        ];
        double? f1 = count == 2 ? Scores(_positiveClass).F1 : null;
        if (count == 2)
            values = [.. values, new(MetricNames.F1, f1)];
        if (_withRanking)
            values = [.. values, new(MetricNames.Auc, auc), new(MetricNames.AveragePrecision, averagePrecision)];

        return new ClassificationMetrics
        {
            Rows = Rows,
            Accuracy = Accuracy,
            BalancedAccuracy = BalancedAccuracy(),
            MacroF1 = MacroF1(),
            F1 = f1,
            PositiveClass = count == 2 ? _classNames[_positiveClass] : null,
            LogLoss = LogLoss,
            Auc = auc,
            AveragePrecision = averagePrecision,
            BaselineAccuracy = mostFrequentClass is int most ? _ofTruth[most].Value / _total.Value : null,
            PerClass = [.. Enumerable.Range(0, count).Select(Scores)],
            Confusion =
                [.. _confusion.Chunk(count).Select(static row => row.Select(static cell => cell.Value).ToImmutableArray())],
            Values = values,
        };
    }

    double Accuracy => _hits.Value / _total.Value;

    double LogLoss => _logLoss.Value / _total.Value;

    double BalancedAccuracy()
    {
        CompensatedSum recalls = default;
        int occurring = 0;
        for (int i = 0; i < _ofTruth.Length; i++)
        {
            if (_ofTruth[i].Value > 0)
            {
                recalls.Add(_ofHits[i].Value / _ofTruth[i].Value);
                occurring++;
            }
        }

        return recalls.Value / occurring;
    }

    /// <summary>The mean over the classes that are true of a row or predicted for one.</summary>
    double MacroF1()
    {
        CompensatedSum scores = default;
        int occurring = 0;
        for (int i = 0; i < _ofTruth.Length; i++)
        {
            if (_ofTruth[i].Value + _ofPrediction[i].Value > 0)
            {
                scores.Add(Scores(i).F1);
                occurring++;
            }
        }

        return scores.Value / occurring;
    }

    (double? Auc, double? AveragePrecision) Ranking() => (_withRanking, _isWeighted) switch
    {
        (false, _) => (null, null),
        (_, false) => RankingMetrics.Of(_positives.Span, _negatives.Span),
        _ => RankingMetrics.OfWeighted(_positives, _negatives),
    };

    ClassScores Scores(int index)
    {
        (double truth, double predicted, double hits) = (_ofTruth[index].Value, _ofPrediction[index].Value, _ofHits[index].Value);
        return new ClassScores(
            _classNames[index], Share(hits, predicted), Share(hits, truth), Share(2 * hits, truth + predicted), truth);
    }

    static double Share(double part, double whole) => whole > 0 ? part / whole : 0;

    int Predict<T>(ReadOnlySpan<T> probabilities)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int predicted = 0;
        bool hasNaN = false;
        for (int i = 0; i < probabilities.Length; i++)
        {
            hasNaN |= T.IsNaN(probabilities[i]);
            if (probabilities[i] > probabilities[predicted])
                predicted = i;
        }

        if (hasNaN && FirstNaN < 0)
            FirstNaN = Rows;
        return predicted;
    }

    static double Log(double x) => Elementary.Log(x);

    void ThrowUnlessMeasurable()
    {
        if (Rows == 0)
            throw new ArgumentException("There is no row to measure.");
        if (FirstNaN >= 0)
            throw new ArgumentException($"A probability of row {FirstNaN} is not a number.");
        if (!(_total.Value > 0))
            throw new ArgumentException("No row has a weight above 0.");
    }
}
