namespace Backprop;

/// <summary>The ways in which digits are written, as a set: decimal sign, then what parts thousands.</summary>
[Flags]
enum DigitStyle
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>1234.5</summary>
    Point = 1,

    /// <summary>1234,5</summary>
    Comma = 2,

    /// <summary>1,234.5</summary>
    PointAndCommas = 4,

    /// <summary>1.234,5</summary>
    CommaAndPoints = 8,

    /// <summary>1 234.5</summary>
    PointAndBlanks = 16,

    /// <summary>1 234,5</summary>
    CommaAndBlanks = 32,

    /// <summary>1'234.5</summary>
    PointAndApostrophes = 64,

    /// <summary>1'234,5</summary>
    CommaAndApostrophes = 128,
}
