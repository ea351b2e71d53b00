using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop;

/// <summary>
/// Learns the encoding of a column from training rows: an encoder, or the reason why nothing can be learnt from it.
/// </summary>
/// <param name="Encoder">The encoding, or null.</param>
/// <param name="LeftOut">Why there is none, as the end of a sentence, or null.</param>
/// <remarks>
/// Cells are those of the training rows, in row order; <c>rows</c> are their places in the table, for messages.
/// Statistics are of the cells as the network gets them, rounded to its element type. Numbers are lost: a copy of a column
/// less is what a large table needs.
/// </remarks>
readonly record struct ColumnFit(ColumnEncoder? Encoder, string? LeftOut)
{
    const string Constant = "it has the same value in every training row";
    const string AllMissing = "it is missing in every training row";

    static readonly string[] s_usual =
    [
        "no", "No", "NO", "false", "False", "FALSE", "n", "N", "f", "F",
        "yes", "Yes", "YES", "true", "True", "TRUE", "y", "Y", "t", "T",
    ];

    /// <summary>
    /// Numbers: (x − mean) / population deviation over the cells that are there. Where training rows have missing cells,
    /// the median takes their place and a second feature says so; where they have none, the median takes the place of a
    /// cell that is missing at prediction.
    /// </summary>
    /// <param name="name">The column.</param>
    /// <param name="numbers">The cells of the training rows; overwritten, since a copy of a large column would be the largest
    /// thing in memory.</param>
    /// <param name="rows">The rows that they are of, for messages.</param>
    /// <exception cref="BackpropException">A number is too large for T, or too large to take the mean.</exception>
    public static ColumnFit Number<T>(string name, Span<double> numbers, ReadOnlySpan<int> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> present = Present<T>(name, numbers, rows);
        if (present.IsEmpty)
            return new(null, AllMissing);

        bool someMissing = present.Length < rows.Length;
        (double mean, double deviation) = Statistics.MeanAndDeviation(present);
        (double least, double most) = Statistics.Extremes(present);
        if (!double.IsFinite(mean) || !double.IsFinite(Element.Round<T>(deviation)))
        {
            throw new BackpropException($"The column '{name}' has numbers from {least} to {most}: too large to "
                + "standardise. Scale it, or leave it out with --ignore.");
        }

        if (least == most || Element.Round<T>(deviation) == 0)
            return someMissing ? new(new ColumnEncoder(name, [new IsMissing()]), null) : new(null, Constant);

        EncoderOperation[] scaling =
        [
            new FillMissing(Statistics.Quantile(present, 0.5)), new Subtract(mean), new Divide(deviation),
        ];
        return new(new ColumnEncoder(name, someMissing ? [new MissingIndicator(), .. scaling] : [.. scaling]), null);
    }

    /// <summary>
    /// Numbers that <see cref="SinglePrecision.Loses"/> says single precision cannot tell apart: the same, in double until the
    /// end.
    /// </summary>
    /// <param name="name">The column.</param>
    /// <param name="numbers">The cells of the training rows; overwritten.</param>
    public static ColumnFit NumberInDouble(string name, Span<double> numbers)
    {
        int count = 0;
        foreach (double number in numbers)
        {
            if (!double.IsNaN(number))
                numbers[count++] = number;
        }

        Span<double> present = numbers[..count];
        (double mean, double deviation) = Statistics.ScaledMeanAndDeviation(present);
        EncoderOperation[] scaling =
        [
            new FillMissing(Statistics.Quantile(present, 0.5)), new Subtract(mean), new Divide(deviation),
        ];
        return new(
            new ColumnEncoder(
                name,
                count < numbers.Length ? [new InDouble(), new MissingIndicator(), .. scaling] : [new InDouble(), .. scaling]),
            null);
    }

    /// <summary>Numbers as they are: a missing one is an error.</summary>
    /// <exception cref="BackpropException">A cell is missing or too large for T.</exception>
    public static ColumnFit PlainNumber<T>(string name, Span<double> numbers, ReadOnlySpan<int> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Present<T>(name, numbers, rows).Length < rows.Length)
        {
            throw new BackpropException($"The column '{name}' has missing values, and --encode none puts nothing in their "
                + "place. Use --encode auto, or leave the column out with --ignore.");
        }

        return new(new ColumnEncoder(name, []), null);
    }

    /// <summary>
    /// Categories: one feature for each text of the training rows, in ordinal order (the order of rows then changes no
    /// weight), and one for missing if training rows have missing cells. A text that training did not see, or a missing
    /// cell where it saw none, is all zeros.
    /// </summary>
    public static ColumnFit Category(
        string name, ReadOnlySpan<int> codes, IReadOnlyList<string> texts, ImmutableArray<string> missingTokens)
    {
        string[] values = Seen(codes, texts, out bool someMissing);
        if (values.Length == 0)
            return new(null, AllMissing);
        if (values.Length == 1 && !someMissing)
            return new(null, Constant);

        var tokens = missingTokens.Where(token => Array.BinarySearch(values, token, StringComparer.Ordinal) < 0)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var lookup = new Lookup([.. values], [.. tokens], someMissing);
        return new(new ColumnEncoder(name, [lookup, new OneHot(lookup.Depth)]), null);
    }

    /// <summary>The same, with a code where categories were to become features.</summary>
    public ColumnFit WithCode() => Encoder is { Operations: [Lookup lookup, OneHot] }
        ? new(new ColumnEncoder(Encoder.Name, [lookup]), LeftOut)
        : this;

    /// <summary>
    /// Yes or no: one feature, 1 for yes and 0 for no. A missing or unknown text counts as the more frequent of the two
    /// (no if they are equally frequent), and where training rows have missing cells, a second feature says so.
    /// </summary>
    /// <exception cref="BackpropException">A text is neither yes nor no.</exception>
    public static ColumnFit YesNo(
        string name, ReadOnlySpan<int> codes, IReadOnlyList<string> texts)
    {
        var isYes = new bool[texts.Count];
        for (int code = 0; code < isYes.Length; code++)
        {
            if (!YesNoWords.TryParse(texts[code], out isYes[code]))
                throw new BackpropException($"The column '{name}' says '{texts[code]}', which is neither yes nor no.");
        }

        int yeses = 0, noes = 0;
        foreach (int code in codes)
        {
            yeses += code >= 0 && isYes[code] ? 1 : 0;
            noes += code >= 0 && !isYes[code] ? 1 : 0;
        }

        bool someMissing = yeses + noes < codes.Length;
        if (yeses + noes == 0)
            return new(null, AllMissing);

        YesNo yesNo = Spellings(texts);
        if (yeses == 0 || noes == 0)
            return someMissing ? new(new ColumnEncoder(name, [yesNo, new IsMissing()]), null) : new(null, Constant);

        var fill = new FillMissing(yeses > noes ? 1 : 0);
        return new(new ColumnEncoder(name, someMissing ? [yesNo, new MissingIndicator(), fill] : [yesNo, fill]), null);
    }

    /// <summary>The usual spellings of the words for no and yes, and those of the column.</summary>
    static YesNo Spellings(IReadOnlyList<string> texts)
    {
        var no = new SortedSet<string>(StringComparer.Ordinal);
        var yes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string text in s_usual.Concat(texts))
            (YesNoWords.TryParse(text, out bool isYes) && isYes ? yes : no).Add(text);

        return new YesNo([.. no], [.. yes]);
    }

    /// <summary>The cells that are there, as T holds them, moved to the front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Span<double> Present<T>(string name, Span<double> numbers, ReadOnlySpan<int> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = 0, i = 0;
        while (i < rows.Length)
        {
            if (i <= rows.Length - Vector256<double>.Count)
            {
                var cells = Vector256.Create<double>(numbers[i..]);
                if (typeof(T) == typeof(float))
                    cells = Vector256.WidenLower(Vector256.Narrow(cells, cells));
                if (Vector256.EqualsAll(cells - cells, Vector256<double>.Zero))
                {
                    cells.CopyTo(numbers[count..]);
                    count += Vector256<double>.Count;
                    i += Vector256<double>.Count;
                    continue;
                }
            }

            double cell = Element.Round<T>(numbers[i]);
            if (double.IsInfinity(cell))
                throw TooLarge<T>(name, rows[i]);

            if (!double.IsNaN(cell))
                numbers[count++] = cell;
            i++;
        }

        return numbers[..count];
    }

    static BackpropException TooLarge<T>(string name, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => CellFault.Of(
            row, where => $"The column '{name}' has a number in {where} that is too large for {Element.Name<T>()} precision.");

    /// <summary>The texts in the rows, in ordinal order.</summary>
    static string[] Seen(
        ReadOnlySpan<int> codes, IReadOnlyList<string> texts, out bool someMissing)
    {
        var seen = new bool[texts.Count];
        someMissing = false;
        foreach (int code in codes)
        {
            if (code < 0)
                someMissing = true;
            else
                seen[code] = true;
        }

        string[] values = [.. texts.Where((_, code) => seen[code])];
        Array.Sort(values, StringComparer.Ordinal);
        return values;
    }
}
