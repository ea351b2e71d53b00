namespace Backprop;

/// <summary>What the cells of a column tell of how it writes its numbers.</summary>
sealed class NumberEvidence
{
    const int GroupLength = 3;

    string? _before;
    string _after = "";

    /// <summary>The number of cells that are numbers in some form.</summary>
    public long Numbers { get; private set; }

    /// <summary>The number of cells that are none.</summary>
    public long Others { get; private set; }

    /// <summary>The first cell that is no number, and its line.</summary>
    public (string Text, long Line) FirstOther { get; private set; } = ("", 0);

    /// <summary>The styles in which all numbers can be read.</summary>
    public DigitStyle Styles { get; private set; } = DigitStyles.Any;

    /// <summary>The first number, and the first that cannot be read in the same style, with its line.</summary>
    public (string First, string Odd, long Line) Conflict { get; private set; } = ("", "", 0);

    /// <summary>
    /// The first number that has another unit than the first one, and its line; line 0 where all have the same, or none.
    /// </summary>
    public (string Text, long Line) OtherUnit { get; private set; } = ("", 0);

    /// <summary>
    /// Whether some whole number is a code: with a zero before other digits, or beyond what a double tells apart.
    /// </summary>
    public string? Code { get; private set; }

    /// <summary>Whether every number is whole in every style: digits and nothing between them.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>A number whose one separator has three digits behind it, which parts thousands or is a decimal sign.</summary>
    public (string Text, char Separator, long Line)? Doubtful { get; private set; }

    /// <summary>Whether cells such as 1.234 and such as 1,234 are both there.</summary>
    public bool HasBothDoubts { get; private set; }

    /// <summary>The number of cells with a separator.</summary>
    public long Separated { get; private set; }

    /// <summary>Whether a number has no separator and three digits before any; whether one has more.</summary>
    public (bool Hundreds, bool Thousands) Bare { get; private set; }

    /// <summary>What stands before and behind the digits.</summary>
    public (string Before, string After) Unit => (_before ?? "", _after);

    /// <summary>Whether all cells are numbers of one unit.</summary>
    public bool IsOnlyNumbers => Others == 0 && Numbers > 0 && OtherUnit.Line == 0;

    /// <summary>Whether a text is a number in some form.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        var evidence = new NumberEvidence();
        evidence.Add(text, line: 1);
        return evidence.Numbers > 0;
    }

    /// <summary>What texts tell.</summary>
    public static NumberEvidence Of(IEnumerable<string> texts)
    {
        var evidence = new NumberEvidence();
        foreach (string text in texts)
            evidence.Add(text, line: 1);
        return evidence;
    }

    /// <summary>Looks at a trimmed cell that is not missing.</summary>
    public void Add(ReadOnlySpan<char> cell, long line)
    {
        const int EnoughOthers = 1000;
        if (Others > EnoughOthers && Others > Numbers)
        {
            Others++;
            return;
        }

        bool isShape = NumberShape.TryRead(cell, out NumberShape shape);
        DigitStyle styles = isShape ? DigitStyles.Of(shape.Core) : DigitStyle.None;
        styles &= isShape && shape.NoFraction is { } sign ? DigitStyles.With(sign) : DigitStyles.Any;
        styles |= PlainStyle(cell, '.', DigitStyle.Point) | PlainStyle(cell, ',', DigitStyle.Comma);
        if (styles == DigitStyle.None)
        {
            if (Others++ == 0)
                FirstOther = (cell.ToString(), line);
            return;
        }

        Numbers++;
        if (_before is null)
            (_before, _after, Conflict) = (shape.Before.ToString(), shape.After.ToString(), (cell.ToString(), "", 0));
        if (OtherUnit.Line == 0 && !(shape.Before.SequenceEqual(_before) && shape.After.SequenceEqual(_after)))
            OtherUnit = (cell.ToString(), line);
        if ((Styles & styles) == DigitStyle.None && Styles != DigitStyle.None)
            Conflict = (Conflict.First, cell.ToString(), line);
        Styles &= styles;
        AddDigits(isShape ? shape.Core : cell, cell, line);
    }

    void AddDigits(ReadOnlySpan<char> core, ReadOnlySpan<char> cell, long line)
    {
        int separator = core.IndexOfAnyExceptInRange('0', '9');
        if (separator < 0)
        {
            Code ??= NumberText.IsCode(core) ? cell.ToString() : null;
            Bare = (Bare.Hundreds | core.Length == GroupLength, Bare.Thousands | core.Length > GroupLength);
            return;
        }

        IsWhole = false;
        Separated++;
        if (core[separator] is '.' or ',' && core.Length - separator == GroupLength + 1 && separator is > 0 and <= GroupLength
            && core[0] != '0' && core[(separator + 1)..].IndexOfAnyExceptInRange('0', '9') < 0)
        {
            HasBothDoubts |= Doubtful is var (_, other, _) && other != core[separator];
            if (HasBothDoubts && Conflict.Line == 0)
                Conflict = (Doubtful!.Value.Text, cell.ToString(), line);
            Doubtful ??= (cell.ToString(), core[separator], line);
        }
    }

    static DigitStyle PlainStyle(ReadOnlySpan<char> cell, char sign, DigitStyle style) =>
        NumberText.Parse(cell, sign, out _) is NumberSyntax.Finite or NumberSyntax.TooLarge ? style : DigitStyle.None;
}
