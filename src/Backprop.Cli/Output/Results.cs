namespace Backprop.Cli;

/// <summary>Results in words, on standard output: wrapped between words where that is a terminal, a line elsewhere.</summary>
static class Results
{
    /// <summary>Writes a sentence or a list.</summary>
    /// <param name="text">The text.</param>
    /// <param name="indent">How far its lines after the first stand in.</param>
    public static void Line(string text, int indent = 0)
    {
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine(text);
            return;
        }

        string margin = "";
        foreach (string line in WordWrap.Lines(text, Screen.Width - 1 - indent))
        {
            Console.Out.WriteLine(margin + line);
            margin = new string(' ', indent);
        }
    }
}
