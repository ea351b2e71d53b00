using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;

namespace Backprop;

/// <summary>
/// One or more targets that are numbers. Each is standardised for training, t = (y − mean) / deviation, and turned back
/// for prediction, y = x · deviation + mean, in the element type with one rounding per operation; or both in double, where single
/// precision cannot tell the targets apart (see <see cref="SinglePrecision"/>).
/// </summary>
sealed class NumberTarget : TargetDecoder
{
    /// <summary>Targets with known constants.</summary>
    /// <exception cref="BackpropException">
    /// There is no target, a constant is not finite or a deviation not positive.
    /// </exception>
    public NumberTarget(
        ImmutableArray<string> columns, ImmutableArray<double> means, ImmutableArray<double> deviations, bool inDouble = false)
    {
        (Columns, Means, Deviations, InDouble) = (columns, means, deviations, inDouble);
        if (columns.IsEmpty || means.Length != columns.Length || deviations.Length != columns.Length)
            throw new BackpropException("A target of numbers needs a mean and a deviation for each of its columns.");

        for (int i = 0; i < columns.Length; i++)
        {
            if (!double.IsFinite(means[i]) || !double.IsFinite(deviations[i]) || deviations[i] <= 0)
                throw new BackpropException($"The target column '{columns[i]}' has no usable mean and deviation.");
        }
    }

    /// <summary>The targets' columns.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>What is subtracted from each target, 0 where targets are taken as they are.</summary>
    public ImmutableArray<double> Means { get; }

    /// <summary>What each target is divided by, 1 where targets are taken as they are.</summary>
    public ImmutableArray<double> Deviations { get; }

    /// <summary>Whether t and y are computed in double, whatever the element type, and t is rounded at the end.</summary>
    public bool InDouble { get; }

    /// <summary>Whether targets are taken as they are, so that there is nothing to turn back.</summary>
    public bool IsPlain => Means.All(mean => mean == 0) && Deviations.All(deviation => deviation == 1);

    /// <summary>Targets taken as they are.</summary>
    public static NumberTarget Plain(ImmutableArray<string> columns) =>
        new(columns, [.. columns.Select(_ => 0d)], [.. columns.Select(_ => 1d)]);

    /// <summary>The mean and population deviation of one target over the rows, as T holds them.</summary>
    /// <exception cref="BackpropException">A row's target is missing, or all are the same, or too large.</exception>
    public static NumberTarget Fit<T>(string column, ReadOnlySpan<double> numbers, ReadOnlySpan<int> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var targets = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            targets[i] = Element.Round<T>(numbers[i]);
            if (!double.IsFinite(targets[i]))
                throw Unusable<T>(column, targets[i], rows[i]);
        }

        (double mean, double deviation) = Statistics.MeanAndDeviation(targets);
        if (!double.IsFinite(mean) || !double.IsFinite(Element.Round<T>(deviation)))
            throw new BackpropException($"The target column '{column}' has numbers too large to standardise; scale them.");
        if (!(Element.Round<T>(deviation) > 0))
            throw new BackpropException($"The target column '{column}' has the same value in every training row.");

        return new NumberTarget([column], [mean], [deviation]);
    }

    /// <summary>The mean and population deviation of several targets over the rows, in double.</summary>
    /// <param name="columns">The targets' columns.</param>
    /// <param name="numbers">The numbers of each, [targets][rows].</param>
    /// <exception cref="BackpropException">All numbers of a target are the same.</exception>
    public static NumberTarget FitInDouble(ImmutableArray<string> columns, IReadOnlyList<double[]> numbers)
    {
        (double Mean, double Deviation)[] fits = [.. numbers.Select(target => Statistics.ScaledMeanAndDeviation(target))];
        int same = Array.FindIndex(fits, fit => !(fit.Deviation > 0));
        return same < 0
            ? new NumberTarget(columns, [.. fits.Select(fit => fit.Mean)], [.. fits.Select(fit => fit.Deviation)], inDouble: true)
            : throw new BackpropException($"The target column '{columns[same]}' has the same value in every training row.");
    }

    /// <summary>t = (y − mean) / deviation of one target for some rows.</summary>
    /// <param name="target">Which target, counted from 0.</param>
    /// <param name="numbers">Its numbers in those rows.</param>
    /// <param name="rows">The rows' places in the table, for messages.</param>
    /// <param name="destination">From the first row's t of this target on.</param>
    /// <param name="stride">Elements from row to row of the destination.</param>
    /// <exception cref="BackpropException">A row's target is missing or too large for T.</exception>
    public void Encode<T>(
        int target, ReadOnlySpan<double> numbers, ReadOnlySpan<int> rows, Span<T> destination, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (InDouble)
        {
            EncodeInDouble(target, numbers, rows, destination, stride);
            return;
        }

        T mean = Element.Of<T>(Means[target]), deviation = Element.Of<T>(Deviations[target]);
        for (int i = 0; i < rows.Length; i++)
        {
            T y = Element.Of<T>(numbers[i]);
            if (!T.IsFinite(y))
                throw Unusable<T>(Columns[target], Element.ToDouble(y), rows[i]);
            destination[i * stride] = (y - mean) / deviation;
        }
    }

    /// <summary>y = x · deviation + mean for one row of outputs [targets].</summary>
    public void Decode<T>(ReadOnlySpan<T> outputs, Span<double> decoded)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isPlain = IsPlain;
        for (int k = 0; k < decoded.Length; k++)
        {
            if (isPlain)
                decoded[k] = Element.ToDouble(outputs[k]);
            else if (InDouble)
                decoded[k] = Element.ToDouble(outputs[k]) * Deviations[k] + Means[k];
            else
                decoded[k] = Element.ToDouble(outputs[k] * Element.Of<T>(Deviations[k]) + Element.Of<T>(Means[k]));
        }
    }

    void EncodeInDouble<T>(int target, ReadOnlySpan<double> numbers, ReadOnlySpan<int> rows, Span<T> destination, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows.Length; i++)
        {
            T t = Element.Of<T>((numbers[i] - Means[target]) / Deviations[target]);
            destination[i * stride] = T.IsFinite(t) ? t : throw Unusable<T>(Columns[target], Element.ToDouble(t), rows[i]);
        }
    }

    /// <inheritdoc/>
    public override bool Accepts(int outputs) => outputs == Columns.Length;

    /// <inheritdoc/>
    public override void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Columns);
        if (InDouble)
            HashText.Append(hash, "InDouble");
        for (int k = 0; k < Columns.Length; k++)
        {
            HashText.Append(hash, Means[k]);
            HashText.Append(hash, Deviations[k]);
        }
    }

    static BackpropException Unusable<T>(string column, double value, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => CellFault.Of(row, where => double.IsNaN(value)
            ? $"The target column '{column}' has a missing value in {where}."
            : $"The target column '{column}' has a number in {where} that is too large for {Element.Name<T>()} precision.");
}
