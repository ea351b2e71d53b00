namespace Backprop;

/// <summary>What may be wrong with data.</summary>
public enum DataWarningKind
{
    /// <summary>A column alone tells the target.</summary>
    GivesTargetAway = 0,

    /// <summary>A column names rows, and is left out.</summary>
    Identifier = 1,

    /// <summary>A column has one value only, and is left out.</summary>
    Constant = 2,

    /// <summary>Rows that are held out are training rows too.</summary>
    DuplicateRows = 3,

    /// <summary>Texts of a column look like numbers.</summary>
    NumbersAsText = 4,

    /// <summary>A class has very few training rows.</summary>
    RareClass = 5,

    /// <summary>A column of held-out rows is not like that of the training rows.</summary>
    Drift = 6,

    /// <summary>Numbers are larger, or closer together, than single precision can tell.</summary>
    BeyondSinglePrecision = 7,

    /// <summary>Several columns together tell the target.</summary>
    GiveTargetAwayTogether = 8,

    /// <summary>A number stands for a missing one.</summary>
    Sentinel = 9,

    /// <summary>Labels differ only in capital letters, blanks or the form of Unicode.</summary>
    SimilarLabels = 10,

    /// <summary>A class is far more frequent than another.</summary>
    Imbalance = 11,

    /// <summary>A model is nearly perfect on held-out rows, and one column carries it.</summary>
    TooGood = 12,
}
