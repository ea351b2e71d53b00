namespace Backprop.Cli.Tests;

public sealed class ExplainPageTests
{
    /// <summary>Runs the page's commands from top to bottom; what they print is what stands below them.</summary>
    [Fact]
    public void The_page_shows_what_the_command_prints()
    {
        using var command = new Command();
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "Backprop.slnx")))
            folder = Path.GetDirectoryName(folder);
        string page = File.ReadAllText(Path.Combine(folder!, "docs", "explain.md"));
        int compared = 0;
        foreach (string block in page.Split("```console\n").Skip(1).Select(part => part.Split("```")[0]))
        {
            foreach (string run in block.Split("$ backprop ").Skip(1))
            {
                string[] lines = run.Split('\n', 2);
                string output = command.Run(lines[0].Split(' ')).Succeeded().Output;
                if (lines[1].Length == 0)
                    continue;
                Assert.Equal(lines[1], output);
                compared++;
            }
        }

        Assert.Equal(2, compared);
    }
}
