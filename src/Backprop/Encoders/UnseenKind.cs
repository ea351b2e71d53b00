namespace Backprop;

/// <summary>In which way cells are such as training never saw.</summary>
public enum UnseenKind
{
    /// <summary>A category that is new, or a word that is neither yes nor no.</summary>
    NewText,

    /// <summary>A text in a column of numbers.</summary>
    NoNumber,

    /// <summary>A cell that is missing in a column where none was in training.</summary>
    Missing,
}
