namespace Backprop.Engine.Tests;

/// <summary>Files of tests/golden, found by walking up from the test assembly.</summary>
static class GoldenFile
{
    public static string PathOf(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "golden", name);
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException($"tests/golden/{name} is in no folder above {AppContext.BaseDirectory}.");
    }
}
