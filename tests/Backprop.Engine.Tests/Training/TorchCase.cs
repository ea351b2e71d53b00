using System.Text.Json;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>A case of torch_steps.json, as torch_steps.py describes it.</summary>
sealed record TorchCase(
    string Name, int[] Layers, string[] Activations, string Loss, int Rows, double[] Inputs, double[] Targets,
    double[][] Weights, double[][] Biases, int Batch, Dictionary<string, JsonElement> Optimizer, double[] Losses,
    double[][] FinalWeights, double[][] FinalBiases)
{
    static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static TorchCase[] Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(GoldenFile.PathOf(file)));
        return document.RootElement.GetProperty("cases").Deserialize<TorchCase[]>(s_options)!;
    }

    public Loss EngineLoss() => Engine.Loss.Parse(Loss);

    public Network Network()
    {
        Loss loss = EngineLoss();
        var layers = new List<Layer>();
        for (int k = 0; k < Activations.Length; k++)
        {
            bool last = k == Activations.Length - 1;
            layers.Add(last && loss.Link is { } link
                ? new Dense(Layers[k + 1], link)
                : new Dense(Activations[k].Split('+').Select(part => Run(part, Layers[k + 1]))));
        }

        return DenseNetworks.Of(Layers[0], layers, loss.Kind == LossKind.Softmax);
    }

    public Examples<double> Examples()
    {
        Matrix<double> inputs = Fill(new Matrix<double>(Rows, Layers[0]), Inputs);
        return Loss == "softmax-cross-entropy"
            ? new Examples<double>(inputs, [.. Targets.Select(target => (int)target)])
            : new Examples<double>(inputs, Fill(new Matrix<double>(Rows, Layers[^1]), Targets));
    }

    public Parameters<double> Parameters()
    {
        var parameters = new Parameters<double>(Network());
        for (int k = 0; k < Weights.Length; k++)
        {
            Fill(parameters.Weights[k], Weights[k]);
            Fill(parameters.Biases[k]!, Biases[k]);
        }

        return parameters;
    }

    public UpdateOptions Update()
    {
        string name = Optimizer["name"].GetString()!;
        Optimizer optimizer = name switch
        {
            "momentum" => Engine.Optimizer.Momentum(Number("momentum")),
            "nesterov" => Engine.Optimizer.Nesterov(Number("momentum")),
            "adagrad" => Engine.Optimizer.Adagrad(Number("epsilon")),
            "rmsprop" => Engine.Optimizer.RmsProp(Number("alpha"), Number("epsilon")),
            "adam" => Engine.Optimizer.Adam(Number("beta1"), Number("beta2"), Number("epsilon")),
            "adamw" => Engine.Optimizer.AdamW(Number("beta1"), Number("beta2"), Number("epsilon")),
            "nadam" => Engine.Optimizer.NAdam(
                Number("beta1"), Number("beta2"), Number("epsilon"), Number("momentumDecay")),
            "rprop" => Engine.Optimizer.Rprop(Number("etaPlus"), Number("etaMinus"), Number("minStep"), Number("maxStep")),
            _ => Engine.Optimizer.Parse(name),
        };
        return new UpdateOptions
        {
            Optimizer = optimizer,
            LearningRate = Number("learningRate"),
            WeightDecay = Optimizer.ContainsKey("weightDecay") ? Number("weightDecay") : 0,
        };
    }

    double Number(string key) => Optimizer[key].GetDouble();

    static ActivationRun Run(string text, int width)
    {
        string[] parts = text.Split('*');
        return parts.Length == 1
            ? new ActivationRun(Activation.Parse(text), width)
            : new ActivationRun(
                Activation.Parse(parts[1]), int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    static Matrix<double> Fill(Matrix<double> matrix, double[] values)
    {
        Assert.Equal(values.Length, matrix.Rows * matrix.Columns);
        for (int row = 0; row < matrix.Rows; row++)
            values.AsSpan(row * matrix.Columns, matrix.Columns).CopyTo(matrix[row]);
        return matrix;
    }
}
