namespace Backprop;

/// <summary>What is to be predicted.</summary>
public enum TaskKind
{
    /// <summary>One of several classes.</summary>
    Classify = 0,

    /// <summary>A number, or several.</summary>
    Regress = 1,
}
