using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Backprop;

/// <summary>How one column becomes features, or a code: its name and the operations in order. Immutable.</summary>
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
        if (operations.Any(operation => operation?.IsUsable != true))
            throw new BackpropException($"The encoding of the column '{name}' has an unusable constant.");
        if (operations is [{ Texts: { } texts }, ..])
            _index = Index(texts);
        FeatureCount = FeatureNames.Count(name, operations);
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What is done to a cell, in order.</summary>
    public ImmutableArray<EncoderOperation> Operations { get; }

    /// <summary>The number of features made of the column; 0 where it gives a code.</summary>
    public int FeatureCount { get; }

    /// <summary>Whether a code is made of the column, not features.</summary>
    public bool GivesCode => FeatureCount == 0;

    /// <summary>How many different codes it can give, that of unknown categories included; 0 where it gives features.</summary>
    public int Categories => GivesCode ? ((Lookup)Operations[0]).Categories : 0;

    /// <summary>The features made of the column, in order, named on demand.</summary>
    public ImmutableArray<Feature> Features => FeatureNames.Of(Name, Operations);

    /// <summary>Whether the raw column is text; otherwise it is a number.</summary>
    public bool TakesText => _index is not null;

    /// <summary>Encodes some rows of a column that gives features.</summary>
    /// <typeparam name="T">The element type: a number cell is rounded to it, then every operation rounds once.</typeparam>
    /// <param name="cells">The cells of those rows.</param>
    /// <param name="rows">The rows' places in their table, for messages.</param>
    /// <param name="destination">From the first row's first feature of this column on.</param>
    /// <param name="stride">Elements from row to row of the destination.</param>
    /// <exception cref="BackpropException">A number is too large for T, or a cell is missing and nothing stands for
    /// it.</exception>
    public void Encode<T>(ColumnCells cells, ReadOnlySpan<int> rows, Span<T> destination, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (cells.Texts is null == TakesText)
            throw new ArgumentException($"The cells of '{Name}' are not of the kind that its encoder takes.");

        if (Operations is [Lookup lookup, OneHot oneHot])
        {
            EncodeOneHot(lookup, oneHot, cells, destination, stride);
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

    /// <summary>The codes of some rows of a column that gives one.</summary>
    /// <param name="cells">The cells of those rows.</param>
    /// <param name="destination">From the first row's code on.</param>
    /// <param name="stride">Elements from row to row of the destination.</param>
    public void EncodeCodes(ColumnCells cells, Span<int> destination, int stride)
    {
        var lookup = (Lookup)Operations[0];
        int[] indexOf = lookup.IndicesOf(cells.Texts!, _index!);
        for (int i = 0; i < cells.Codes.Length; i++)
            destination[i * stride] = cells.Codes[i] < 0 ? lookup.Missing : indexOf[cells.Codes[i]];
    }

    /// <summary>Adds the name, texts and constants, in order, to a hash.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Name);
        HashText.Append(hash, Operations.Length);
        foreach (EncoderOperation operation in Operations)
            operation.AppendTo(hash);
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
        T[] numberOf = Operations is [YesNo yesNo, ..] ? yesNo.NumbersOf<T>(cells.Texts!, _index!) : [];
        for (int start = 0; start < rows.Length; start += Most)
        {
            int count = Math.Min(Most, rows.Length - start);
            Span<T> x = numbers[..count];
            if (TakesText)
                LoadYesNo(numberOf, cells.Codes.Slice(start, count), x);
            else
                LoadNumbers(cells.Numbers.Slice(start, count), rows[start..], x);

            foreach (EncoderOperation operation in Operations)
                operation.Apply(x, indicators);

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

    void EncodeOneHot<T>(Lookup lookup, OneHot oneHot, ColumnCells cells, Span<T> destination, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] indexOf = lookup.IndicesOf(cells.Texts!, _index!);
        for (int i = 0; i < cells.Codes.Length; i++)
        {
            int code = cells.Codes[i];
            oneHot.Apply(code < 0 ? lookup.Missing : indexOf[code], destination.Slice(i * stride, oneHot.Depth));
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

    BackpropException NotFinite<T>(T value, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => CellFault.Of(row, where => T.IsNaN(value)
            ? $"The column '{Name}' is missing in {where}, and the model has nothing to put in its place."
            : $"The column '{Name}' has a number in {where} that is too large for {Element.Name<T>()} precision.");
}
