using Xunit;

namespace Backprop.Tests;

/// <summary>What docs/onnx.md says of a saved model in another runtime.</summary>
public sealed class OnnxUseTests
{
    const string Marker = "// docs/onnx.md: ";

    [Fact]
    public void The_code_for_CSharp_is_shown_as_it_runs_and_predicts_what_the_model_does()
    {
        string root = Path.GetDirectoryName(Path.GetDirectoryName(Samples.PathOf("penguins.csv"))!)!;
        string[] code = [.. File.ReadAllLines(Path.Combine(root, "tests", "Backprop.Tests", "Onnx", "OnnxUseSample.cs"))
            .SkipWhile(line => line.Trim() != Marker + "begin").Skip(1).TakeWhile(line => line.Trim() != Marker + "end")];
        int indent = code[0].Length - code[0].TrimStart().Length;
        string shown = string.Join('\n', code.Select(line => line.Length == 0 ? line : line[indent..]));
        Assert.Contains(
            $"```csharp\n{shown}\n```", File.ReadAllText(Path.Combine(root, "docs", "onnx.md")), StringComparison.Ordinal);

        Model model = Model.Train(Samples.Penguins(), "species", Samples.Short with { Epochs = 30 }).Model;
        Predictions expected = model.Predict(
        [
            new
            {
                island = "Torgersen",
                beak_length_mm = 39.1,
                beak_depth_mm = 18.7,
                flipper_length_mm = 181,
                body_mass_g = 3750,
                sex = "MALE",
            },
            new
            {
                island = "Biscoe",
                beak_length_mm = 47.5,
                beak_depth_mm = double.NaN,
                flipper_length_mm = 217,
                body_mass_g = 4900,
                sex = "",
            },
        ]);
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "penguins.onnx");
        model.Save(path);
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);
        (string[] Labels, float Gentoo) got;
        try
        {
            got = OnnxUseSample.Run(path);
        }
        finally
        {
            Console.SetOut(output);
        }

        Assert.Equal(expected.Select(row => row.Label), got.Labels);
        Assert.Equal("Gentoo", model.Classes[2]);
        Assert.Equal(expected[1].ProbabilityOf("Gentoo"), got.Gentoo, 1e-5);
    }

    /// <summary>Each piece of what the page says of texts and missing cells, where the runtime could do otherwise.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("?")]
    [InlineData("NaN")]
    public void Texts_that_mean_missing_are_missing_in_the_file_too(string missing)
    {
        Model model = Model.Train(Samples.Penguins(), "species", Samples.Short).Model;
        var row = new
        {
            island = "Biscoe",
            beak_length_mm = 47.5,
            beak_depth_mm = 15.0,
            flipper_length_mm = 217,
            body_mass_g = 4900,
            sex = "",
        };
        double[] expected = model.Predict(row).Values.ToArray();
        Assert.Contains("sex is missing", model.Features);
        byte[] file = Samples.Bytes(model);
        double[] got = OnnxRuntime.Run(new OnnxRuntime.Job(file, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["island"] = new[] { "Biscoe" },
            ["beak_length_mm"] = new[] { 47.5f },
            ["beak_depth_mm"] = new[] { 15f },
            ["flipper_length_mm"] = new[] { 217f },
            ["body_mass_g"] = new[] { 4900f },
            ["sex"] = new[] { missing },
        }, Rows: 1))[0]["probabilities"].Numbers;
        for (int k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], got[k], 1e-5);
    }
}
