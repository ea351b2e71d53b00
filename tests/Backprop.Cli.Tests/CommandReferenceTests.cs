namespace Backprop.Cli.Tests;

public sealed class CommandReferenceTests
{
    const string Renew = "BACKPROP_UPDATE_COMMANDS";

    [Fact]
    public void The_page_of_the_command_is_what_the_command_says()
    {
        string page = Path.Combine(Root(), "docs", "commands.md");
        string text = CommandReference.Text();
        if (Environment.GetEnvironmentVariable(Renew) is "1")
            File.WriteAllText(page, text);
        Assert.True(
            File.Exists(page) && File.ReadAllText(page).ReplaceLineEndings("\n") == text,
            $"docs/commands.md is stale; renew it with {Renew}=1 dotnet test tests/Backprop.Cli.Tests -c Release --filter "
            + "CommandReference");
    }

    static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Backprop.slnx")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
