namespace Backprop.Repository.Tests;

/// <summary>A place where a type of a library names another of it, or a member of it.</summary>
/// <param name="File">The file, as a path from the library's folder.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="From">The outermost type that stands there.</param>
/// <param name="To">The outermost type that is named.</param>
/// <param name="ToFile">The first file that declares it.</param>
sealed record TypeUse(string File, int Line, string From, string To, string ToFile)
{
    /// <summary>The folder that the file lies in; empty for the library's own.</summary>
    public string FromFolder => FolderOf(File);

    /// <summary>The folder of what is named.</summary>
    public string ToFolder => FolderOf(ToFile);

    public static string FolderOf(string file) => file.LastIndexOf('/') is >= 0 and var end ? file[..end] : "";
}
