using System.Text.Json;

namespace Backprop.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Measuring_on_what_was_trained_on_is_said()
    {
        _command.Run("train", "sample:penguins", "--target", "species", "--epochs", "3", "--out", "m.onnx").Succeeded();
        CommandResult same = _command.Run("evaluate", "m.onnx", "sample:penguins").Succeeded();
        Assert.StartsWith(
            "Warning: sample:penguins is what the model was trained on, so it looks better here than on new rows;", same.Error,
            StringComparison.Ordinal);
        Assert.True(_command.Run(
            "evaluate", "m.onnx", "sample:penguins", "--json").Succeeded().Json.GetProperty("isTrainingData").GetBoolean());

        string[] lines = Samples.Read("penguins", default, _ => default) is { } table
            ? [string.Join(',', table.Columns.Select(column => column.Name)),
                .. Enumerable.Range(0, 60).Select(row => string.Join(',', table.Columns.Select(column => column.Text(row))))]
            : [];
        string some = _command.Write("some.csv", string.Join('\n', lines) + "\n");
        CommandResult other = _command.Run("evaluate", "m.onnx", some).Succeeded();
        Assert.DoesNotContain("trained on", other.Error, StringComparison.Ordinal);
        Assert.False(
            _command.Run("evaluate", "m.onnx", some, "--json").Succeeded().Json.GetProperty("isTrainingData").GetBoolean());
    }

    [Fact]
    public void Weights_of_rows_count_and_are_said()
    {
        string data = _command.Write("w.csv", "x,w,y\n" + string.Concat(Enumerable.Range(0, 90).Select(i =>
            $"{i % 2 * 4 + i * 37 % 11 / 10.0:F2},{i % 3},{(i % 2 == 0 ? "a" : "b")}\n")));
        CommandResult trained = _command.Run(
            "train", data, "--target", "y", "--row-weights", "w", "--epochs", "4", "--layers", "4", "--test", "0.2",
            "--out", "m.onnx").Succeeded();
        Assert.Contains("30 rows of weight 0 in column 'w' are left out.", trained.Error, StringComparison.Ordinal);
        Assert.Contains(
            "Read w.csv: 90 rows, of which ",
            trained.Error.Replace(data, "w.csv", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains(", 12 rows, weighted by 'w'", trained.Output, StringComparison.Ordinal);

        CommandResult measured = _command.Run("evaluate", "m.onnx", data).Succeeded();
        Assert.Contains("30 rows of weight 0 in column 'w' are left out.", measured.Error, StringComparison.Ordinal);
        Assert.Contains(", 60 rows, weighted by 'w'", measured.Output, StringComparison.Ordinal);
        JsonElement json = _command.Run("evaluate", "m.onnx", data, "--json").Succeeded().Json;
        Assert.Equal(
            ("w", 30, 60),
            (json.GetProperty("weightedBy").GetString(), json.GetProperty("zeroWeightRows").GetInt32(),
                json.GetProperty("rows").GetInt32()));
        Assert.Equal(
            90,
            json.GetProperty("confusion").EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(cell => cell.GetDouble()));

        string plain = _command.Write("plain.csv", "x,y\n1,a\n4.5,b\n");
        CommandResult unweighted = _command.Run("evaluate", "m.onnx", plain).Succeeded();
        Assert.Contains(
            "plain.csv has no column 'w' of row weights, so each row counts once.", unweighted.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("weighted", unweighted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_classes_are_shown_each_with_the_most_frequent_mistakes()
    {
        const int Classes = 26;
        string data = _command.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, Classes * 20).Select(i =>
            FormattableString.Invariant($"{i % Classes + i * 37 % 101 / 60.0:F3},class number {i % Classes}\n"))));
        CommandResult trained = _command.Run(
            "train", data, "--target", "y", "--epochs", "3", "--layers", "8", "--out", "m.onnx").Succeeded();
        string[] lines = trained.Output.Split('\n');
        Assert.Contains(
            $"The validation rows of each class (a confusion matrix of {Classes} classes is too wide to show; --json has it):",
            lines);
        Assert.Equal(Classes, lines.Count(line => line.StartsWith(" class number ", StringComparison.Ordinal)
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 7));
        int mistakes = Array.IndexOf(lines, "Most frequent mistakes:");
        Assert.InRange(mistakes, 1, lines.Length);
        Assert.InRange(lines[mistakes..].Count(line => line.StartsWith(" class number ", StringComparison.Ordinal)), 1, 10);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 145));
    }

    [Theory]
    [InlineData("f1")]
    [InlineData("macroF1")]
    [InlineData("balancedAccuracy")]
    public void Metrics_of_classes_decide_and_are_in_every_report(string metric)
    {
        string data = _command.Write("t.csv", "x,z,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i =>
            $"{i * 37 % 101},{i * 53 % 89},{(i * 37 % 101 > 70 ? "good" : "bad")}\n")));
        CommandResult trained = _command.Run(
            "train", data, "--target", "y", "--epochs", "4", "--layers", "4", "--metric", metric, "--log", "l.jsonl", "--json",
            "--out", "m.onnx").Succeeded();
        double final = trained.Json.GetProperty("validation").GetProperty(metric).GetDouble();
        double best = File.ReadLines(_command["l.jsonl"])
            .Max(line => JsonDocument.Parse(line).RootElement.GetProperty("validation").GetProperty(metric).GetDouble());
        Assert.Equal(best, final);
        string output = _command.Run("evaluate", "m.onnx", data).Succeeded().Output;
        Assert.Matches("\n  balanced accuracy [0-9.]+ %, macro F1 [0-9.]+, F1 of 'good' [0-9.]+\n", output);
    }
}
