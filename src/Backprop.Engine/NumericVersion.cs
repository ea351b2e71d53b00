namespace Backprop.Engine;

/// <summary>
/// The version of the numeric contract: trained parameters are a function of inputs, recipe and this number. It rises with
/// every change that alters a bit of a result; models carry it.
/// </summary>
public static class NumericVersion
{
    /// <summary>The version of this build.</summary>
    public const int Current = 1;
}
