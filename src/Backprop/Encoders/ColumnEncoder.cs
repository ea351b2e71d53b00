using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Backprop;

/// <summary>How one column becomes features: its name and the operations in order. Immutable.</summary>
sealed class ColumnEncoder
{
    readonly Dictionary<string, int>? _index;

    /// <summary>An encoding from its operations.</summary>
    /// <param name="name">The column.</param>
    /// <param name="operations">The operations, see <see cref="EncoderOperation"/> for which lists there are.</param>
    /// <exception cref="BackpropException">The operations are none of the lists that there are.</exception>
    public ColumnEncoder(string name, ImmutableArray<EncoderOperation> operations)
    {
        (Name, Operations) = (name, operations);
        CheckConstants();
        if (operations is [Lookup lookup, ..])
            _index = Index(lookup.Values);
        if (operations is [YesNo yesNo, ..])
            _index = Index([.. yesNo.No, .. yesNo.Yes]);
        FeatureCount = FeatureNames.Count(name, operations);
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What is done to a cell, in order.</summary>
    public ImmutableArray<EncoderOperation> Operations { get; }

    /// <summary>The number of features made of the column.</summary>
    public int FeatureCount { get; }

    /// <summary>The features made of the column, in order, named on demand.</summary>
    public ImmutableArray<Feature> Features => FeatureNames.Of(Name, Operations);

    /// <summary>Whether the raw column is text; otherwise it is a number.</summary>
    public bool TakesText => _index is not null;

    /// <summary>Encodes some rows of the column.</summary>
    /// <typeparam name="T">The element type: a number cell is rounded to it, then every operation rounds once.</typeparam>
    /// <param name="cells">The cells of those rows.</param>
    /// <param name="rows">The rows' places in their table, for messages.</param>
    /// <param name="destination">From the first row's first feature of this column on.</param>
    /// <param name="stride">Elements from row to row of the destination.</param>
    /// <exception cref="BackpropException">A number is too large for T, or a cell is missing and nothing stands for it.</exception>
    public void Encode<T>(ColumnCells cells, ReadOnlySpan<int> rows, Span<T> destination, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (cells.Texts is null == TakesText)
            throw new ArgumentException($"The cells of '{Name}' are not of the kind that its encoder takes.");

        if (Operations is [Lookup lookup, OneHot oneHot])
        {
            EncodeOneHot(lookup, oneHot.Depth, cells, rows, destination, stride);
            return;
        }

        if (Operations is [InDouble, ..] && typeof(T) != typeof(double))
        {
            EncodeInDouble(cells, rows, destination, stride);
            return;
        }

        if (Operations is [FillMissing fill, Subtract subtract, Divide divide])
            Standardise<T>(fill.Value, subtract.Value, divide.Value, cells.Numbers, rows, destination, stride);
        else
            EncodeStepwise(cells, rows, destination, stride);
    }

    /// <summary>Adds the name, texts and constants, in order, to a hash.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Name);
        HashText.Append(hash, Operations.Length);
        foreach (EncoderOperation operation in Operations)
            Append(hash, operation);
    }

    /// <summary>Adds a step's tag and constants. The tags are not the types' names: those may change, and the hashes may not.</summary>
    static void Append(IncrementalHash hash, EncoderOperation operation)
    {
        switch (operation)
        {
            case Lookup lookup:
                HashText.Append(hash, Lookup.Tag);
                HashText.Append(hash, lookup.Values);
                HashText.Append(hash, lookup.MissingHasIndex ? 1 : 0);
                break;
            case OneHot:
                HashText.Append(hash, OneHot.Tag);
                break;
            case YesNo yesNo:
                HashText.Append(hash, YesNo.Tag);
                HashText.Append(hash, yesNo.No);
                HashText.Append(hash, yesNo.Yes);
                break;
            case InDouble:
                HashText.Append(hash, InDouble.Tag);
                break;
            case MissingIndicator:
                HashText.Append(hash, MissingIndicator.Tag);
                break;
            case IsMissing:
                HashText.Append(hash, IsMissing.Tag);
                break;
            case FillMissing fill:
                HashText.Append(hash, FillMissing.Tag);
                HashText.Append(hash, fill.Value);
                break;
            case Subtract subtract:
                HashText.Append(hash, Subtract.Tag);
                HashText.Append(hash, subtract.Value);
                break;
            case Divide divide:
                HashText.Append(hash, Divide.Tag);
                HashText.Append(hash, divide.Value);
                break;
            default:
                throw new NotSupportedException($"{operation} has no tag.");
        }
    }

    /// <summary>What most columns of numbers take, in one go: the bits of <see cref="EncodeStepwise"/>.</summary>
    [SkipLocalsInit]
    void Standardise<T>(
        double fill, double mean, double deviation, ReadOnlySpan<double> numbers, ReadOnlySpan<int> rows, Span<T> destination,
        int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Most = 256;
        Span<T> features = stackalloc T[Most];
        var scale = new Scale<T>(fill, mean, deviation);
        for (int start = 0, place = 0; start < numbers.Length; start += Most)
        {
            ReadOnlySpan<double> some = numbers.Slice(start, Math.Min(Most, numbers.Length - start));
            if (!scale.TryApply(some, features))
                ThrowUnlessFinite(scale, some, rows[start..]);
            for (int i = 0; i < some.Length; i++, place += stride)
                destination[place] = features[i];
        }
    }

    void ThrowUnlessFinite<T>(Scale<T> scale, ReadOnlySpan<double> numbers, ReadOnlySpan<int> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            (T number, T feature) = (Element.Of<T>(numbers[i]), scale.Of(numbers[i]));
            if (T.IsInfinity(number) || !T.IsFinite(feature))
                throw NotFinite(T.IsInfinity(number) ? number : feature, rows[i]);
        }
    }

    /// <summary>All in double, rounded to the element type at the end.</summary>
    void EncodeInDouble<T>(ColumnCells cells, ReadOnlySpan<int> rows, Span<T> destination, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var features = new double[rows.Length * FeatureCount];
        EncodeStepwise<double>(cells, rows, features, FeatureCount);
        for (int i = 0; i < features.Length; i++)
        {
            (int row, int k) = Math.DivRem(i, FeatureCount);
            T feature = Element.Of<T>(features[i]);
            destination[row * stride + k] = T.IsFinite(feature) ? feature : throw NotFinite(feature, rows[row]);
        }
    }

    /// <summary>
    /// Any list of operations for numbers: a few rows at a time, each operation over all of them, so that what is between two
    /// operations stays in the cache.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    internal void EncodeStepwise<T>(ColumnCells cells, ReadOnlySpan<int> rows, Span<T> destination, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Most = 256;
        Span<T> numbers = stackalloc T[Most], indicators = stackalloc T[Most];
        T[] numberOf = Operations is [YesNo yesNo, ..] ? NumbersOf<T>(yesNo.No.Length, cells.Texts!) : [];
        for (int start = 0; start < rows.Length; start += Most)
        {
            int count = Math.Min(Most, rows.Length - start);
            Span<T> x = numbers[..count];
            if (TakesText)
                LoadYesNo(numberOf, cells.Codes.Slice(start, count), x);
            else
                LoadNumbers(cells.Numbers.Slice(start, count), rows[start..], x);

            foreach (EncoderOperation operation in Operations)
                Apply(operation, x, indicators);

            Span<T> features = destination[(start * stride)..];
            for (int i = 0; i < x.Length; i++)
            {
                if (!T.IsFinite(x[i]))
                    throw NotFinite(x[i], rows[start + i]);
                features[i * stride] = x[i];
            }

            for (int i = 0; i < x.Length && FeatureCount > 1; i++)
                features[i * stride + 1] = indicators[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Apply<T>(EncoderOperation operation, Span<T> x, Span<T> indicators)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (operation)
        {
            case YesNo or InDouble:
                break; // Done while loading.
            case MissingIndicator:
                for (int i = 0; i < x.Length; i++)
                    indicators[i] = T.IsNaN(x[i]) ? T.One : T.Zero;
                break;
            case IsMissing:
                for (int i = 0; i < x.Length; i++)
                    x[i] = T.IsNaN(x[i]) ? T.One : T.Zero;
                break;
            case FillMissing fill:
                T filler = Element.Of<T>(fill.Value);
                for (int i = 0; i < x.Length; i++)
                    x[i] = T.IsNaN(x[i]) ? filler : x[i];
                break;
            case Subtract subtract:
                T subtrahend = Element.Of<T>(subtract.Value);
                for (int i = 0; i < x.Length; i++)
                    x[i] -= subtrahend;
                break;
            case Divide divide:
                T divisor = Element.Of<T>(divide.Value);
                for (int i = 0; i < x.Length; i++)
                    x[i] /= divisor;
                break;
            default:
                throw new NotSupportedException($"{operation} has no meaning for a number.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void LoadNumbers<T>(ReadOnlySpan<double> numbers, ReadOnlySpan<int> rows, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = Element.Of<T>(numbers[i]);
            if (T.IsInfinity(x[i]))
                throw NotFinite(x[i], rows[i]);
        }
    }

    static void LoadYesNo<T>(T[] numberOf, ReadOnlySpan<int> codes, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = codes[i] < 0 ? T.NaN : numberOf[codes[i]];
    }

    /// <summary>What each text is: 0 for no, 1 for yes, NaN for any other.</summary>
    T[] NumbersOf<T>(int noes, IReadOnlyList<string> texts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            [.. texts.Select(text => !_index!.TryGetValue(text, out int place) ? T.NaN : place < noes ? T.Zero : T.One)];

    void EncodeOneHot<T>(
        Lookup lookup, int depth, ColumnCells cells, ReadOnlySpan<int> rows, Span<T> destination, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] indexOf = [.. cells.Texts!.Select(text => _index!.GetValueOrDefault(text, lookup.Unknown))];
        for (int i = 0; i < rows.Length; i++)
        {
            int code = cells.Codes[i];
            int index = code < 0 ? lookup.Missing : indexOf[code];
            Span<T> features = destination.Slice(i * stride, depth);
            features.Clear();
            if (index < depth)
                features[index] = T.One;
        }
    }

    Dictionary<string, int> Index(ImmutableArray<string> texts)
    {
        var index = new Dictionary<string, int>(texts.Length, StringComparer.Ordinal);
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is null || !index.TryAdd(texts[i], i))
                throw new BackpropException($"The encoding of the column '{Name}' lists a text twice, or none.");
        }

        return index;
    }

    void CheckConstants()
    {
        foreach (EncoderOperation operation in Operations)
        {
            double constant = operation switch
            {
                FillMissing fill => fill.Value,
                Subtract subtract => subtract.Value,
                Divide divide => divide.Value == 0 ? double.NaN : divide.Value,
                OneHot oneHot => oneHot.Depth < 1 ? double.NaN : 0,
                null => double.NaN,
                _ => 0,
            };
            if (!double.IsFinite(constant))
                throw new BackpropException($"The encoding of the column '{Name}' has an unusable constant.");
        }
    }

    BackpropException NotFinite<T>(T value, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => CellFault.Of(row, where => T.IsNaN(value)
            ? $"The column '{Name}' is missing in {where}, and the model has nothing to put in its place."
            : $"The column '{Name}' has a number in {where} that is too large for {Element.Name<T>()} precision.");
}
