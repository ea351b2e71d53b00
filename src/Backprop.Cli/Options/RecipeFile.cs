namespace Backprop.Cli;

/// <summary>A recipe in a file.</summary>
static class RecipeFile
{
    /// <summary>More than any recipe has, so that the wrong file is not read for minutes.</summary>
    const long LargestSize = 16 << 20;

    public static Recipe Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestSize
                ? Recipe.FromJson(File.ReadAllText(path), path)
                : throw new BackpropException($"{path} is too large to be a recipe; write one with --print-recipe.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BackpropException($"The recipe {path} cannot be read: {error.Message}", error);
        }
    }
}
