namespace Backprop;

/// <summary>What becomes of rows that do not say what is to be predicted.</summary>
public enum MissingTarget
{
    /// <summary>The table is refused.</summary>
    Refuse,

    /// <summary>The rows are left out, before any are held out.</summary>
    Drop,
}
