namespace Backprop;

/// <summary>What the cells of a column are, and so how a network can take them.</summary>
public enum ColumnKind
{
    /// <summary>Numbers; a missing cell is NaN.</summary>
    Number,

    /// <summary>Texts out of a limited set, kept as codes.</summary>
    Category,

    /// <summary>Two values: yes and no, true and false, y and n, or t and f, in any case.</summary>
    YesNo,

    /// <summary>Free text; left out of training.</summary>
    Text,

    /// <summary>Whole numbers that only name the row; left out of training.</summary>
    Identifier,
}
