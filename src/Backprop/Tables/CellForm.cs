namespace Backprop;

/// <summary>What values of a type are as cells.</summary>
enum CellForm
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Anything, found out cell by cell.</summary>
    Any,

    /// <summary>No cell.</summary>
    Other,
}
