namespace Backprop.Engine;

/// <summary>
/// The version of the numeric contract: trained parameters are a function of inputs, recipe and this number. It rises with
/// every change that alters a bit of a result; models carry it.
/// </summary>
/// <remarks>
/// 1: the first. 2: rows of weight 0 are left out before rows are held out and encoders fitted, weights of rows count in every
/// figure, and numbers that single precision cannot tell apart are standardised in double.
/// </remarks>
public static class NumericVersion
{
    /// <summary>The version of this build.</summary>
    public const int Current = 2;
}
