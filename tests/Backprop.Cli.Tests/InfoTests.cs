using System.Text.Json;

namespace Backprop.Cli.Tests;

public sealed class InfoTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Says_what_is_read_how_good_it_was_and_what_other_runtimes_see()
    {
        _command.Run("train", "sample:penguins", "-t", "species", "--epochs", "3", "--test", "0.2", "-o", "m.onnx").Succeeded();
        string text = _command.Run("info", "m.onnx").Succeeded().Output;
        Assert.StartsWith(
            "m.onnx predicts species: one of 3 classes (Adelie, Chinstrap, Gentoo).\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  island             category: Biscoe, Dream, Torgersen\n", text, StringComparison.Ordinal);
        Assert.Matches("\n  body_mass_g        number, in training [0-9,.]+ ± [0-9,.]+; may be missing\n", text);
        Assert.Matches("\n  Test, not used for choosing \\(20.0 % of 344 rows\\): accuracy [0-9.]+, ", text);
        Assert.Matches("\n  Validation, used for stopping \\(20.0 % of 344 rows\\): accuracy [0-9.]+, ", text);
        Assert.Contains("\n  body_mass_g        float [rows, 1]\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\n  label          string [rows]\n  probabilities  float [rows, 3], in the order Adelie, Chinstrap, Gentoo\n", text,
            StringComparison.Ordinal);

        JsonElement json = _command.Run("info", "m.onnx", "--json").Succeeded().Json;
        JsonElement[] inputs = [.. json.GetProperty("inputs").EnumerateArray()];
        Assert.Equal(json.GetProperty("columns").GetArrayLength(), inputs.Length);
        Assert.Equal("[\"Biscoe\",\"Dream\",\"Torgersen\"]", inputs[0].GetProperty("categories").GetRawText());
        Assert.Equal("string", inputs[0].GetProperty("type").GetString());
        Assert.Equal("number", inputs[1].GetProperty("kind").GetString());
        Assert.True(inputs[1].GetProperty("deviation").GetDouble() > 0);
        Assert.Equal("[\"rows\",3]", json.GetProperty("outputs")[1].GetProperty("shape").GetRawText());
        Assert.InRange(json.GetProperty("training").GetProperty("test").GetProperty("accuracy").GetDouble(), 0, 1);
    }

    [Fact]
    public void A_model_of_numbers_without_rows_held_out()
    {
        _command.Write("t.csv", "size,open,price\n1,yes,10\n2,no,20\n3,yes,31\n4,no,39\n");
        _command.Run(
            "train", "t.csv", "-t", "price", "--task", "regress", "--validation", "0", "--epochs", "1", "--batch", "full",
            "-o", "m.onnx")
            .Succeeded();
        string text = _command.Run("info", "m.onnx").Succeeded().Output;
        Assert.StartsWith("m.onnx estimates price: a number.\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "From 2 columns, as 2 features\n  size  number, in training 2.5 ± 1.118\n", text, StringComparison.Ordinal);
        Assert.Matches("\n  open  yes \\(.*yes.*\\) or no \\(.*no.*\\)", text);
        Assert.Contains("No rows were held out to measure on.", text, StringComparison.Ordinal);
        Assert.Contains("\n  Trained 1 step on a table of 4 rows, numeric version ", text, StringComparison.Ordinal);
        Assert.Contains("\n  prediction  float [rows, 1]\n", text, StringComparison.Ordinal);
    }
}
