namespace Backprop;

/// <summary>
/// A number is taken in double, and so are the operations that follow; what comes of them is rounded to the element type at last.
/// It comes first, where single precision could not tell the column's numbers apart (see <see cref="SinglePrecision"/>).
/// </summary>
sealed record InDouble : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "InDouble";
}
