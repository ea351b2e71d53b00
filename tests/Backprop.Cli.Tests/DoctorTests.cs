namespace Backprop.Cli.Tests;

public sealed class DoctorTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Clean_data_are_said_to_be_and_train_warns_of_nothing()
    {
        Assert.Equal(
            "Nothing to warn of in sample:iris.\n",
            _command.Run("doctor", "sample:iris", "--target", "species").Succeeded().Output);
        Assert.Equal(
            0,
            _command.Run("doctor", "sample:iris", "--target", "species", "--json").Succeeded().Json.GetProperty("warnings")
                .GetArrayLength());
        CommandResult trained = _command.Run("train", "sample:penguins", "--target", "species", "--epochs", "1").Succeeded();
        Assert.DoesNotContain("Warning", trained.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_found_is_said_by_both_verbs_with_the_flag_that_changes_it()
    {
        string data = _command.Write(
            "t.csv", "c,x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"5,{i * 37 % 101},class{i % 2}\n")));
        CommandResult result = _command.Run("doctor", data, "--target", "y");
        Assert.Equal(1, result.ExitCode);
        string sentence = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Column 'c' is left out: it has 1 value in all 80 training rows", sentence, StringComparison.Ordinal);
        Assert.Equal(
            "constant",
            _command.Run(
                "doctor", data, "--target", "y", "--json").Json.GetProperty("warnings")[0].GetProperty("kind").GetString());
        Assert.Contains(
            $"Warning: {sentence}",
            _command.Run("train", data, "--target", "y", "--epochs", "1").Succeeded().Error,
            StringComparison.Ordinal);
        Assert.Equal(0, _command.Run("doctor", data, "--target", "y", "--ignore", "c").ExitCode);
    }

    /// <summary>A column that counts the rows is left out as an input, and estimated as a target.</summary>
    [Fact]
    public void A_target_that_counts_rows_is_looked_at_and_trained()
    {
        string data = _command.Write(
            "t.csv", "x,z,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i * 37 % 101},{i * 53 % 97},{i}\n")));
        Assert.Contains(
            "Nothing to warn of", _command.Run("doctor", data, "--target", "y").Succeeded().Output, StringComparison.Ordinal);
        _command.Run("train", data, "--target", "y", "--epochs", "1").Succeeded();
    }
}
