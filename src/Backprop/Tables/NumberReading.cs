namespace Backprop;

/// <summary>Decides how the columns of a file write their numbers: each by its own cells, and where these can be read in two
/// ways, by the other columns.</summary>
sealed class NumberReading(CsvContext context, char delimiter)
{
    /// <summary>The styles that the options leave.</summary>
    readonly DigitStyle _allowed = context.GivenDecimal is { } sign ? DigitStyles.With(sign) : DigitStyles.Any;

    /// <summary>
    /// Decides for every column that was looked at; one that writes in two ways, or can be read in two, is refused when it is
    /// used.
    /// </summary>
    public void Decide(IEnumerable<CsvColumn> columns)
    {
        CsvColumn[] looked = [.. columns.Where(static column => column.MayBeDressed)];
        var open = looked.Where(column => column.Evidence.IsOnlyNumbers && !IsRefusedAsMixed(column)).ToList();
        foreach (CsvColumn column in open.Where(column => Own(column.Evidence) is not null).ToArray())
        {
            Take(column, Own(column.Evidence)!.Value);
            open.Remove(column);
        }

        if (open.Count == 0)
            return;
        char? others = context.GivenDecimal ?? DecimalOf(columns);
        foreach (CsvColumn column in open)
        {
            DigitStyle styles = column.Evidence.Styles & _allowed;

            // Digits with one point are what most programs write, and what every reader takes for a decimal sign.
            bool isPointAlone = (styles & DigitStyle.Point) != DigitStyle.None && column.Evidence.Unit is ("", "");
            if ((others ?? (isPointAlone ? '.' : null)) is { } decimalSign
                && (styles & DigitStyles.With(decimalSign)) is not DigitStyle.None and var fitting)
            {
                if (others is null && delimiter == ';')
                    column.Warn(MayBeThousands(column));
                Take(column, Simplest(fitting));
            }
            else if (styles != DigitStyle.None && column.Evidence.Doubtful is not null)
                column.Refuse(Doubt(column));
        }
    }

    /// <summary>The style that a column's own cells leave no doubt of; null where they can be read in two ways.</summary>
    DigitStyle? Own(NumberEvidence evidence)
    {
        DigitStyle styles = evidence.Styles & _allowed;
        if (styles == DigitStyle.None)
            return null;
        (DigitStyle decimals, DigitStyle thousands) = Readings(evidence, styles);
        if (decimals == DigitStyle.None || thousands == DigitStyle.None)
            return MayBeList(evidence, styles) ? null : Simplest(styles);
        return LooksParted(evidence) ? Simplest(thousands) : null;
    }

    /// <summary>
    /// A few cells such as 2,2 among many such as 2, in a file whose cells are parted by commas too, may be lists of two.
    /// </summary>
    bool MayBeList(NumberEvidence evidence, DigitStyle styles) =>
        context.GivenDecimal is null && delimiter == ',' && evidence.Unit is ("", "")
        && Simplest(styles) == DigitStyle.Comma && evidence.Separated < evidence.Numbers / 2.0;

    /// <summary>664 beside 1,758, and never 1758: thousands are parted. As decimals some would have one or two digits.</summary>
    static bool LooksParted(NumberEvidence evidence) =>
        evidence.Bare is (Hundreds: true, Thousands: false) && Readings(evidence, evidence.Styles).Thousands != DigitStyle.None;

    /// <summary>The styles in which the one separator is a decimal sign, and those in which it parts thousands.</summary>
    static (DigitStyle Decimals, DigitStyle Thousands) Readings(NumberEvidence evidence, DigitStyle styles) =>
        evidence.Doubtful is not var (_, separator, _) ? (styles, DigitStyle.None)
        : (styles & DigitStyles.With(separator), styles & DigitStyles.With(separator == '.' ? ',' : '.'));

    static DigitStyle Simplest(DigitStyle styles) => DigitStyles.All.First(style => (styles & style) != DigitStyle.None);

    /// <summary>The decimal sign that the columns without doubt have; null where they have none or both.</summary>
    char? DecimalOf(IEnumerable<CsvColumn> columns)
    {
        bool point = false, comma = false;
        foreach (CsvColumn column in columns)
        {
            if (column.IsPlainFraction)
                point = true;
            else if (column.MayBeDressed && column.Evidence is { IsOnlyNumbers: true, IsWhole: false } evidence
                && Own(evidence) is { } style)
            {
                point |= (style & DigitStyles.With('.')) != DigitStyle.None;
                comma |= (style & DigitStyles.With(',')) != DigitStyle.None;
            }
        }

        return point == comma ? null : point ? '.' : ',';
    }

    void Take(CsvColumn column, DigitStyle style)
    {
        NumberEvidence evidence = column.Evidence;
        if (context.GivenDecimal is { } given && evidence.Doubtful is var (text, _, _) && LooksParted(evidence)
            && DigitStyles.Signs(style).Thousands is null)
        {
            column.Warn(
                $"Column '{column.Name}': {CsvContext.Quoted(text)} is read with {given} as the decimal sign, as --decimal says, "
                + "but its numbers look as if it parts thousands; if so, leave --decimal out.");
        }

        column.Take(NumberFormat.Of(style, evidence.Unit.Before, evidence.Unit.After));
    }

    /// <summary>
    /// Refuses numbers of one unit that no style reads all of, or that are of two styles though one can be made to read all.
    /// </summary>
    bool IsRefusedAsMixed(CsvColumn column)
    {
        NumberEvidence evidence = column.Evidence;
        const DigitStyle Either = DigitStyle.PointAndCommas | DigitStyle.CommaAndPoints;
        bool isMixed = evidence.Styles == DigitStyle.None || (evidence.HasBothDoubts && (evidence.Styles & Either) == Either);
        if (!isMixed)
            return false;
        (string first, string odd, long line) = evidence.Conflict;
        column.Refuse(context.AtCell(
            line, column.Name,
            $"{CsvContext.Quoted(odd)} is written in another way than the numbers before it, such as {CsvContext.Quoted(first)}; "
            + $"write all in one way, or use --types {FlagText.Of(column.Name, "category")} if the column holds names, or "
            + $"--ignore {FlagText.Of(column.Name)}."));
        return true;
    }

    static string MayBeThousands(CsvColumn column)
    {
        string text = column.Evidence.Doubtful!.Value.Text;
        NumberText.Parse(text, '.', out double value);
        return $"Column '{column.Name}': {CsvContext.Quoted(text)} is read as "
            + $"{value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}; if the point parts thousands, use "
            + "--decimal ,";
    }

    BackpropException Doubt(CsvColumn column)
    {
        (string text, _, long line) = column.Evidence.Doubtful!.Value;
        (string before, string after) = column.Evidence.Unit;
        (DigitStyle decimals, DigitStyle thousands) = Readings(column.Evidence, column.Evidence.Styles);
        NumberFormat[] readings =
            [NumberFormat.Of(Simplest(decimals), before, after), NumberFormat.Of(Simplest(thousands), before, after)];
        string[] ways = Array.ConvertAll(readings, reading => $"--decimal {reading.Decimal} reads {Value(reading)}");
        return context.AtCell(
            line, column.Name,
            $"{CsvContext.Quoted(text)} can be {Value(readings[0])} or {Value(readings[1])}, and neither the column nor the file "
            + $"tells; {string.Join(", ", ways)} (for this column alone: --numbers \"{column.Name}={readings[0]}\" or "
            + $"--numbers \"{column.Name}={readings[1]}\").");

        string Value(NumberFormat format)
        {
            format.Read(text, out double value);
            return value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
