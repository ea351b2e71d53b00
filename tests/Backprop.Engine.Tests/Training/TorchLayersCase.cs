using System.IO.Compression;
using System.Text.Json;

namespace Backprop.Engine.Tests;

/// <summary>A network of torch_layers.json.gz, and what PyTorch makes of it, as torch_layers.py describes both.</summary>
sealed record TorchLayersCase
{
    static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public required int Inputs { get; init; }

    public required TorchLayer[] Layers { get; init; }

    public required bool Softmax { get; init; }

    public required int Batch { get; init; }

    public required double LearningRate { get; init; }

    public required double[][] X { get; init; }

    public required int[][]? Codes { get; init; }

    public required double[][]? Targets { get; init; }

    public required int[]? Classes { get; init; }

    public required double[]? RowWeights { get; init; }

    public required double[][] Tensors { get; init; }

    public required TorchNumbers Outputs { get; init; }

    public required TorchNumbers[] Gradients { get; init; }

    public required TorchNumbers InputGradient { get; init; }

    public required TorchNumbers[] Statistics { get; init; }

    public required TorchNumbers[] Losses { get; init; }

    public required TorchNumbers[] Trained { get; init; }

    public required TorchNumbers Predictions { get; init; }

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

    public Loss Loss() => Classes is null ? Engine.Loss.Squared : Engine.Loss.SoftmaxCrossEntropy();

    public Examples<double> Examples() => Classes is null
        ? new Examples<double>(Matrix(X), Matrix(Targets!), RowWeights, CodesOfRows())
        : new Examples<double>(Matrix(X), Classes, RowWeights, CodesOfRows());

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

    public CodeMatrix? CodesOfRows()
    {
        if (Codes is null)
            return null;
        var codes = new CodeMatrix(Codes.Length, Codes[0].Length);
        for (int row = 0; row < codes.Rows; row++)
            Codes[row].CopyTo(codes[row]);
        return codes;
    }

    public static Matrix<double> Matrix(double[][] rows)
    {
        var matrix = new Matrix<double>(rows.Length, rows[0].Length);
        for (int row = 0; row < rows.Length; row++)
            rows[row].CopyTo(matrix[row]);
        return matrix;
    }
}
