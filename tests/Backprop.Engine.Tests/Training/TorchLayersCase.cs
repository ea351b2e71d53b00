using System.IO.Compression;
using System.Text.Json;

namespace Backprop.Engine.Tests;

/// <summary>A network of torch_layers.json.gz, as torch_layers.py describes it.</summary>
sealed record TorchLayersCase(
    int Inputs, TorchLayer[] Layers, bool Softmax, int Batch, double LearningRate, double[][] X, double[][]? Targets,
    int[]? Classes,
    double[]? RowWeights, double[][] Tensors, double[][] Gradients, double[][] InputGradient, double[] Losses, double[][] Trained,
    double[][] Outputs)
{
    static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static TorchLayersCase[] Read(string path)
    {
        using var text = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("cases").Deserialize<TorchLayersCase[]>(s_options)!;
    }

    public Network Network()
    {
        IEnumerable<Layer> layers = Layers.Select(layer => layer.ToLayer());
        return new Network(Inputs, Softmax ? layers.Append(new Softmax()) : layers);
    }

    public Loss Loss() => Softmax ? Engine.Loss.SoftmaxCrossEntropy() : Engine.Loss.Squared;

    public Examples<double> Examples() => Classes is null
        ? new Examples<double>(Matrix(X), Matrix(Targets!), RowWeights)
        : new Examples<double>(Matrix(X), Classes, RowWeights);

    public Parameters<double> Parameters()
    {
        var parameters = new Parameters<double>(Network());
        foreach ((Matrix<double> tensor, double[] numbers) in parameters.Tensors.Zip(Tensors))
        {
            for (int row = 0; row < tensor.Rows; row++)
                numbers.AsSpan(row * tensor.Columns, tensor.Columns).CopyTo(tensor[row]);
        }

        return parameters;
    }

    public static Matrix<double> Matrix(double[][] rows)
    {
        var matrix = new Matrix<double>(rows.Length, rows[0].Length);
        for (int row = 0; row < rows.Length; row++)
            rows[row].CopyTo(matrix[row]);
        return matrix;
    }
}
