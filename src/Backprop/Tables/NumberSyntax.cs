namespace Backprop;

/// <summary>What a text is when it is read as a number.</summary>
enum NumberSyntax
{
    /// <summary>No number.</summary>
    None,

    /// <summary>A number that a double holds.</summary>
    Finite,

    /// <summary>Written as a number, but beyond the largest double.</summary>
    TooLarge,

    /// <summary>A word or sign for infinity.</summary>
    Infinity,
}
