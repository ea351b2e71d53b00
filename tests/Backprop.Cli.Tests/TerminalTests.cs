namespace Backprop.Cli.Tests;

/// <summary>What is seen on terminals of different widths, on a dumb one, and in a pipe.</summary>
public sealed class TerminalTests : IDisposable
{
    const string Erase = "\r\u001b[K";

    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [LinuxTheory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_of_a_training_is_wider_than_the_terminal(int width)
    {
        string output = _command.RunOnTerminal(
            width, "train", "sample:diabetes", "-t", "progression", "--epochs", "400", "--patience", "0").Succeeded().Output;
        Assert.Contains(Erase + "epoch ", output, StringComparison.Ordinal);
        Assert.Contains("validation RMSE ", output, StringComparison.Ordinal);
        Assert.All(
            output.Split('\n', '\r').Select(line => line.Replace("\u001b[K", "", StringComparison.Ordinal))
                .Where(line => !line.StartsWith('\u001b') && !line.Contains(" hash ", StringComparison.Ordinal)),
            line => Assert.True(line.Length < width, line));
    }

    [LinuxTheory]
    [InlineData("TERM", "dumb")]
    [InlineData("NO_COLOR", "1")]
    public void A_plain_terminal_has_lines_that_stay(string variable, string value)
    {
        string output = _command.With(variable, value).RunOnTerminal(
            80, "train", "sample:diabetes", "-t", "progression", "--epochs", "20").Succeeded().Output;
        Assert.DoesNotContain("\u001b[K", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading ", output, StringComparison.Ordinal);
        Assert.Contains("Trained 20 epochs in ", output, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void The_help_is_as_wide_as_the_terminal()
    {
        string[] narrow = _command.RunOnTerminal(60, "train", "--help").Succeeded().Output.Split('\n');
        Assert.InRange(narrow.Max(line => line.Length), 50, 59);
        string[] wide = _command.RunOnTerminal(120, "train", "--help").Succeeded().Output.Split('\n');
        Assert.InRange(wide.Max(line => line.Length), 100, 119);
    }

    [LinuxFact]
    public void A_pipe_has_a_whole_line_now_and_then()
    {
        CommandResult result = _command.RunAnd(
            process => Command.Signal("INT", process),
            "epoch ", "train", "sample:diabetes", "-t", "progression", "--epochs", "1000000", "--patience", "0");
        Assert.Equal(130, result.ExitCode);
        string line = Assert.Single(result.ErrorLines, line => line.StartsWith("epoch ", StringComparison.Ordinal));
        Assert.Matches(
            "^epoch [0-9]+/1000000  RMSE [0-9.]+  validation RMSE [0-9.]+  best: epoch [0-9]+  [0-9,]+ rows/s  "
            + "[0-9.]+ (s|min|h) left$",
            line);
    }
}
