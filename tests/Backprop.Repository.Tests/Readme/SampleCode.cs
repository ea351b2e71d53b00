namespace Backprop.Repository.Tests;

/// <summary>Pieces of this project's own code that the README shows: what stands between markers, without its indentation.</summary>
static class SampleCode
{
    const string Marker = "// README: ";
    const string End = Marker + "end";

    /// <summary>All pieces by name.</summary>
    public static Dictionary<string, string> All()
    {
        var pieces = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Repository.Files("tests/Backprop.Repository.Tests/Readme", "*Sample.cs"))
        {
            string? name = null;
            var lines = new List<string>();
            foreach (string line in Repository.Read(file).Split('\n'))
            {
                string text = line.Trim();
                if (text == End)
                {
                    pieces.Add(name!, string.Join('\n', Unindented(lines)));
                    name = null;
                }
                else if (text.StartsWith(Marker, StringComparison.Ordinal))
                {
                    name = text[Marker.Length..];
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
