using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Backprop.Cli;

/// <summary>The help of a verb, with examples below it.</summary>
sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Wider lines are hard to read, and where there is no terminal there is no width to ask for.</summary>
    const int Width = 120;

    static readonly Dictionary<string, string[]> s_examples = new(StringComparer.Ordinal)
    {
        ["backprop"] =
        [
            "backprop train sample:iris --target species --out iris.onnx",
            "backprop predict iris.onnx new-flowers.csv",
        ],
        ["train"] =
        [
            "backprop train sample:iris --target species --out iris.onnx",
            "backprop train houses.csv.gz --target price --test 0.2 --layers 64,32 --epochs 100",
            "backprop train train-images.idx.gz --labels train-labels.idx.gz --layers 128",
        ],
        ["evaluate"] =
        [
            "backprop evaluate iris.onnx sample:iris",
            "backprop evaluate digits.onnx test-images.idx.gz --labels test-labels.idx.gz --json",
        ],
        ["predict"] =
        [
            "backprop predict iris.onnx new-flowers.csv --out predictions.csv",
            "cat new-flowers.csv | backprop predict iris.onnx - --keep sepal_length,sepal_width",
        ],
        ["check"] =
        [
            "backprop check iris.onnx sample:iris",
            "backprop check digits.onnx test-images.idx.gz --labels test-labels.idx.gz --samples 1000",
        ],
        ["explain"] =
        [
            "backprop explain iris.onnx sample:iris --row 51",
            "backprop explain iris.onnx sample:iris --row 51 --layer 1 --neuron 3",
            "backprop explain iris.onnx sample:iris --row 51-60 --notation likelihood --markdown",
        ],
        ["reproduce"] =
        [
            "backprop reproduce iris.onnx sample:iris",
            "backprop reproduce houses.onnx houses.csv.gz --steps 1000",
        ],
        ["doctor"] = ["backprop doctor houses.csv.gz --target price"],
        ["info"] = ["backprop info iris.onnx"],
    };

    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = Console.IsOutputRedirected ? Width : Math.Min(Width, help.MaxWidth);
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        string[] examples = s_examples[parseResult.CommandResult.Command.Name];
        output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
        foreach (string example in examples)
            output.WriteLine($"  {example}");
        return code;
    }
}
