namespace Backprop.Cli.Tests;

public sealed class ExplainRefusalTests(ExplainRefusalTests.Trained trained) : IClassFixture<ExplainRefusalTests.Trained>
{
    [Theory]
    [InlineData("There is no row 151; rows count from 1 to 150", "--row", "151")]
    [InlineData("There is no row 0; rows count from 1 to 150", "--row", "0")]
    [InlineData("There is no row 99999999999; rows count from 1 to 150", "--row", "99999999999")]
    [InlineData("--row takes row numbers such as 7, 1,5,9 or 3-8, not 'x'", "--row", "x")]
    [InlineData("The rows 8-3 of --row run backwards; write 3-8", "--row", "8-3")]
    [InlineData("--row names row 4 twice", "--row", "4,3-5")]
    [InlineData("There is no notation 'greek'; known are engine, indices, rows,", "--row", "1", "--notation", "greek")]
    [InlineData("the document has no biases; train with --no-bias", "--row", "1", "--notation", "indices")]
    [InlineData("There is no layer 3; layers count from 1 to 2", "--row", "1", "--layer", "3")]
    [InlineData("There is no neuron 4 in layer 1; its neurons count from 1 to 3", "--row", "1", "--layer", "1", "--neuron", "4")]
    [InlineData("--neuron is a neuron of a layer; say which with --layer", "--row", "1", "--neuron", "1")]
    [InlineData("--layer is a whole number of 1 or more, not '0'", "--row", "1", "--layer", "0")]
    [InlineData("--top is a whole number of 0 or more, not '-1'", "--row", "1", "--top", "-1")]
    [InlineData("--json and --latex are two forms of output; choose one", "--row", "1", "--latex", "--json")]
    [InlineData("--latex and --markdown are two forms", "--row", "1", "--latex", "--markdown")]
    public void Bad_use_is_refused_in_one_sentence(string sentence, params string[] arguments)
    {
        Assert.Contains(
            sentence, trained.Command.Of(["explain", "m.onnx", "sample:iris", .. arguments]), StringComparison.Ordinal);
    }

    /// <summary>One model that all refusals are about.</summary>
    public sealed class Trained : IDisposable
    {
        public Trained() => Command.Run("train", "sample:iris", "--target", "species", "--layers", "3", "--output-activation",
            "logistic", "--epochs", "2", "--out", "m.onnx").Succeeded();

        internal Command Command { get; } = new();

        public void Dispose() => Command.Dispose();
    }
}
