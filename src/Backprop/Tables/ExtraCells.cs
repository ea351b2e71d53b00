namespace Backprop;

/// <summary>What the cells are that rows have more than the header.</summary>
enum ExtraCells
{
    /// <summary>There are none, or nobody knows what they are.</summary>
    None,

    /// <summary>Empty cells behind the last column, as delimiters at the end of lines make them.</summary>
    Empty,

    /// <summary>The first cell is the name of the row, as R writes it.</summary>
    RowName,
}
