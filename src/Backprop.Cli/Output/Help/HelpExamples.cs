namespace Backprop.Cli;

/// <summary>Calls of each verb that can be tried as they stand.</summary>
static class HelpExamples
{
    public static IReadOnlyList<string> Of(string verb) => verb switch
    {
        "train" =>
        [
            "backprop train sample:iris --target species --out iris.onnx",
            "backprop train houses.csv.gz --target price --test 0.2 --layers 64,32 --epochs 100",
            "backprop train train-images.idx.gz --labels train-labels.idx.gz --layers 128",
        ],
        "evaluate" =>
        [
            "backprop evaluate iris.onnx sample:iris",
            "backprop evaluate digits.onnx test-images.idx.gz --labels test-labels.idx.gz --json",
        ],
        "predict" =>
        [
            "backprop predict iris.onnx new-flowers.csv --out predictions.csv",
            "cat new-flowers.csv | backprop predict iris.onnx - --keep sepal_length,sepal_width",
            "backprop predict digits.onnx images.idx.gz",
        ],
        "check" =>
        [
            "backprop check iris.onnx sample:iris",
            "backprop check digits.onnx test-images.idx.gz --labels test-labels.idx.gz --samples 1000",
        ],
        "explain" =>
        [
            "backprop explain iris.onnx sample:iris --row 51",
            "backprop explain iris.onnx sample:iris --row 51 --layer 1 --neuron 3",
            "backprop explain iris.onnx sample:iris --row 51-60 --notation likelihood --markdown",
        ],
        "reproduce" =>
        [
            "backprop reproduce iris.onnx sample:iris",
            "backprop reproduce houses.onnx houses.csv.gz --steps 1000",
        ],
        "doctor" => ["backprop doctor houses.csv.gz --target price"],
        "info" => ["backprop info iris.onnx", "backprop info iris.onnx --json"],
        _ =>
        [
            "backprop train sample:iris --target species --out iris.onnx",
            "backprop predict iris.onnx new-flowers.csv",
            "backprop train --help",
        ],
    };
}
