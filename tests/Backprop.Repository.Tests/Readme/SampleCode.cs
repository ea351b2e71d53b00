namespace Backprop.Repository.Tests;

/// <summary>Pieces of this project's own code that a page shows: what stands between markers, without its indentation.</summary>
static class SampleCode
{
    /// <summary>All pieces by name.</summary>
    /// <param name="folder">The folder of these tests with the code, in files that end in Sample.cs.</param>
    /// <param name="page">What markers call the page.</param>
    public static Dictionary<string, string> All(string folder = "Readme", string page = "README")
    {
        string marker = $"// {page}: ";
        var pieces = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Repository.Files($"tests/Backprop.Repository.Tests/{folder}", "*Sample.cs"))
        {
            string? name = null;
            var lines = new List<string>();
            foreach (string line in Repository.Read(file).Split('\n'))
            {
                string text = line.Trim();
                if (text == marker + "end")
                {
                    pieces.Add(name!, string.Join('\n', Unindented(lines)));
                    name = null;
                }
                else if (text.StartsWith(marker, StringComparison.Ordinal))
                {
                    name = text[marker.Length..];
                    lines.Clear();
                }
                else if (name is not null)
                {
                    lines.Add(line);
                }
            }
        }

        return pieces;
    }

    static IEnumerable<string> Unindented(List<string> lines)
    {
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return lines.Select(line => line.Length == 0 ? line : line[indent..]);
    }
}
