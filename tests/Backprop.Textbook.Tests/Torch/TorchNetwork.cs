using System.IO.Compression;
using System.Text.Json;
using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>A network of torch_networks.json.gz, as torch_networks.py describes it.</summary>
sealed record TorchNetwork(
    int Inputs, TorchLayer[] Layers, string Link, string Loss, string Reduction, double[]? RowWeights, double[][] X,
    double[][]? Targets, int[]? Classes, double[][][] Weights, double[]?[] Biases, double Value,
    double[][][] WeightGradients, double[]?[] BiasGradients, double[][] InputGradient)
{
    static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>The networks of a file, compressed or not.</summary>
    public static TorchNetwork[] Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("cases").Deserialize<TorchNetwork[]>(s_options)!;
    }

    /// <summary>The file of tests/golden, found by walking up from the tests.</summary>
    public static string Golden()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "golden", "torch_networks.json.gz");
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException($"tests/golden/torch_networks.json.gz is in no folder above {AppContext.BaseDirectory}.");
    }

    public Network Network => DenseNetworks.Of(
        Inputs,
        Layers.Select(layer =>
            new Dense(layer.Activations.Select(name => new ActivationRun(Activation.Parse(name), 1)), layer.Bias)),
        Link == "softmax");

    /// <summary>What the engine makes of it.</summary>
    public FlowRecord<double> Flow()
    {
        var parameters = new Parameters<double>(Network);
        for (int k = 0; k < Layers.Length; k++)
        {
            for (int i = 0; i < Weights[k].Length; i++)
                Weights[k][i].CopyTo(parameters.Weights[k][i]);
            Biases[k]?.CopyTo(parameters.Biases[k]![0]);
        }

        Matrix<double> inputs = Matrix<double>.From(Plain(X));
        Examples<double> examples = Classes is null
            ? new Examples<double>(inputs, Matrix<double>.From(Plain(Targets!)), RowWeights)
            : new Examples<double>(inputs, Classes, RowWeights);
        return FlowRecord<double>.Of(
            parameters, examples, Engine.Loss.Parse(Loss), Reduction == "mean" ? Engine.Reduction.Mean : Engine.Reduction.Sum);
    }

    /// <summary>What a row's loss is multiplied by in e.</summary>
    public double Factor(int row) => (RowWeights?[row] ?? 1) / (Reduction == "mean" ? X.Length : 1);

    public static double[,] Plain(double[][] rows)
    {
        var plain = new double[rows.Length, rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[i].Length; j++)
                plain[i, j] = rows[i][j];
        }

        return plain;
    }

    public override string ToString() =>
        $"{Network}, {Loss} ({Reduction}), {X.Length} rows{(RowWeights is null ? "" : " with weights")}";
}
