using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>
/// Embeddings, scales and normalisations against PyTorch in double precision on networks that tests/golden/torch_layers.py drew:
/// each number to 1e-12 of the largest sum of absolute terms in its tensor, and what rounding makes of the values before it.
/// BACKPROP_TORCH_LAYERS names another file, so that networks that nobody has seen can be tried.
/// </summary>
public sealed class TorchLayersTests(ITestOutputHelper output)
{
    static readonly string s_path = Environment.GetEnvironmentVariable("BACKPROP_TORCH_LAYERS") is { Length: > 0 } other
        ? other
        : GoldenFile.PathOf("torch_layers.json.gz");

    static readonly TorchLayersCase[] s_cases = TorchLayersCase.Read(s_path);

    readonly Dictionary<string, (double Part, string Where)> _worst = new(StringComparer.Ordinal);

    /// <summary>The networks that roundings of values take further than 1e-12 of the terms.</summary>
    readonly HashSet<string> _moved = new(StringComparer.Ordinal);

    [Fact]
    public void The_first_batch_has_the_outputs_gradients_and_statistics_of_PyTorch()
    {
        foreach ((TorchLayersCase torch, int index) in s_cases.Select((torch, index) => (torch, index)))
        {
            Parameters<double> parameters = torch.Parameters();
            Network network = parameters.Network;
            var gradient = new Parameters<double>(network);
            var workspace = new Workspace<double>(network, torch.Batch, keepEverything: true);
            workspace.Load(torch.Examples().Take([.. Enumerable.Range(0, Math.Min(torch.Batch, torch.X.Length))]));
            var values = new ValueFlow<double>(network);
            values.Learn(parameters, workspace);
            double e = new ErrorFlow<double>(network, torch.Loss()).Run(parameters, workspace, gradient);
            values.UpdateStatistics(parameters, workspace);

            string subject = $"network {index}, {network}";
            AssertClose([e], torch.Losses[0], subject, "e");
            AssertClose(Rows(workspace.X[^1], workspace.Count), torch.Outputs, subject, "outputs");
            for (int i = 0; i < torch.Gradients.Length; i++)
                AssertClose(GradientCase.Flat(gradient.Tensors[i]), torch.Gradients[i], subject, "gradient", i);
            AssertClose(Rows(workspace.InputErrors!, workspace.Count), torch.InputGradient, subject, "∂e/∂X⁰");
            Matrix<double>[] statistics =
                [.. parameters.Tensors.Where((_, i) => network.Layout.Tensors[i].Role == TensorRole.Statistic)];
            Assert.Equal(torch.Statistics.Length, statistics.Length);
            for (int i = 0; i < statistics.Length; i++)
                AssertClose(GradientCase.Flat(statistics[i]), torch.Statistics[i], subject, "statistics", i);
        }

        Conclude();
    }

    /// <summary>What differs after one step goes on into the next, which the bounds follow.</summary>
    [Fact]
    public void Two_epochs_leave_the_losses_parameters_running_statistics_and_predictions_of_PyTorch()
    {
        foreach ((TorchLayersCase torch, int index) in s_cases.Select((torch, index) => (torch, index)))
        {
            Parameters<double> parameters = torch.Parameters();
            var recorder = new Recorder();
            new Trainer<double>(new TrainingOptions
            {
                Loss = torch.Loss(),
                Update = new UpdateOptions { Optimizer = Optimizer.GradientDescent, LearningRate = torch.LearningRate },
                BatchSize = torch.Batch,
                Epochs = 2,
                Shuffle = false,
            }).Train(parameters, torch.Examples(), observer: recorder);

            string subject = $"network {index}, {parameters.Network}";
            Assert.Equal(torch.Losses.Length, recorder.Steps.Count);
            for (int i = 0; i < torch.Losses.Length; i++)
                AssertClose([recorder.Steps[i].Loss], torch.Losses[i], subject, "loss", i);
            for (int i = 0; i < torch.Trained.Length; i++)
                AssertClose(GradientCase.Flat(parameters.Tensors[i]), torch.Trained[i], subject, "tensor", i);
            Matrix<double> predictions = new Predictor<double>(parameters).Predict(
                TorchLayersCase.Matrix(torch.X), torch.CodesOfRows());
            AssertClose(GradientCase.Flat(predictions), torch.Predictions, subject, "predictions");
        }

        Conclude();
    }

    [Fact]
    public void The_stored_networks_have_every_kind_of_layer_and_every_activation()
    {
        TorchLayersCase[] cases = TorchLayersCase.Read(GoldenFile.PathOf("torch_layers.json.gz"));
        Assert.Equal(200, cases.Length);
        Assert.All(cases, torch => Assert.Contains(torch.Layers, layer => layer.Kind != "dense"));
        foreach (string kind in (string[])["embed", "scale", "batchnorm", "layernorm"])
            Assert.True(cases.Count(torch => torch.Layers.Any(layer => layer.Kind == kind)) >= 50, kind);
        Assert.True(cases.Count(torch => torch is { Softmax: true, Classes: null }) >= 20);
        Assert.True(cases.Count(torch => torch is { Softmax: true, Targets: null }) >= 20);
        Assert.Empty(Activation.All.Select(activation => activation.Named.Name).Except(
            cases.SelectMany(torch => torch.Layers).Select(layer => layer.Activation.Split(':')[0])));
    }

    static double[] Rows(Matrix<double> matrix, int count) =>
        [.. GradientCase.Rows(matrix, count).SelectMany(static row => row)];

    void AssertClose(double[] actual, TorchNumbers expected, string subject, string what, int? place = null)
    {
        string where = place is null ? $"{what} of {subject}" : $"{what} {place} of {subject}";
        GradientCase.AssertClose(actual, expected.Values, expected.Bound, where);
        for (int i = 0; i < actual.Length && expected.Bound > 0; i++)
        {
            double apart = Math.Abs(actual[i] - expected.Values[i]), part = apart / expected.Bound;
            if (apart > expected.OfTerms)
                _moved.Add(subject);
            if (part >= _worst.GetValueOrDefault(what).Part)
                _worst[what] = (part, where);
        }
    }

    /// <summary>Says how near the worst came. 1e-12 of the terms alone is enough for all but a few networks.</summary>
    void Conclude()
    {
        output.WriteLine(
            $"{_moved.Count} of {s_cases.Length} networks need more than 1e-12 of the terms: {string.Join("; ", _moved)}");
        Assert.InRange(_moved.Count, 0, s_cases.Length / 50);
        foreach ((string what, (double part, string where)) in _worst)
            output.WriteLine($"{what}: the worst came to {part:0.0e+0} of its bound, {where}");
    }
}
