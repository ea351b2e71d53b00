using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>
/// Scale and normalisations against PyTorch in double precision on networks that tests/golden/torch_layers.py drew.
/// BACKPROP_TORCH_LAYERS names another file, so that networks that nobody has seen can be tried.
/// </summary>
public sealed class TorchLayersTests(ITestOutputHelper output)
{
    /// <summary>Of the largest number of the network's gradient, or of what was compared.</summary>
    const double Bound = 1e-12;

    static readonly string s_path = Environment.GetEnvironmentVariable("BACKPROP_TORCH_LAYERS") is { Length: > 0 } other
        ? other
        : GoldenFile.PathOf("torch_layers.json.gz");

    double _worst;

    [Fact]
    public void Every_gradient_of_the_first_batch_is_that_of_PyTorch()
    {
        foreach ((TorchLayersCase torch, int index) in TorchLayersCase.Read(s_path).Select((torch, index) => (torch, index)))
        {
            Parameters<double> parameters = torch.Parameters();
            Network network = parameters.Network;
            var gradient = new Parameters<double>(network);
            var workspace = new Workspace<double>(network, torch.Batch, keepEverything: true);
            workspace.Load(torch.Examples().Take([.. Enumerable.Range(0, Math.Min(torch.Batch, torch.X.Length))]));
            new ValueFlow<double>(network).Learn(parameters, workspace);
            double e = new ErrorFlow<double>(network, torch.Loss()).Run(parameters, workspace, gradient);

            double largest = Math.Max(torch.Gradients.Max(Largest), torch.InputGradient.Max(Largest));
            AssertClose([e], [torch.Losses[0]], Math.Abs(torch.Losses[0]), $"network {index}, {network}, e");
            for (int i = 0; i < torch.Gradients.Length; i++)
                AssertClose(
                    GradientCase.Flat(gradient.Tensors[i]), torch.Gradients[i], largest,
                    $"network {index}, {network}, tensor {i}");
            AssertClose(
                [.. GradientCase.Rows(workspace.InputErrors!, workspace.Count).SelectMany(row => row)],
                [.. torch.InputGradient.SelectMany(row => row)], largest, $"network {index}, {network}, ∂e/∂X⁰");
        }

        output.WriteLine($"The worst came to {_worst:0.0e+0} of its bound.");
    }

    /// <summary>Errors of the gradients above grow from step to step.</summary>
    [Fact]
    public void Two_epochs_leave_the_losses_parameters_running_statistics_and_predictions_of_PyTorch()
    {
        foreach ((TorchLayersCase torch, int index) in TorchLayersCase.Read(s_path).Select((torch, index) => (torch, index)))
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

            string what = $"network {index}, {parameters.Network}";
            AssertClose(
                [.. recorder.Steps.Select(step => step.Loss)], torch.Losses, 100 * Largest(torch.Losses), $"{what}, losses");
            for (int i = 0; i < torch.Trained.Length; i++)
            {
                AssertClose(
                    GradientCase.Flat(parameters.Tensors[i]), torch.Trained[i], 100 * Math.Max(1, Largest(torch.Trained[i])),
                    $"{what}, tensor {i}");
            }

            Matrix<double> outputs = new Predictor<double>(parameters).Predict(TorchLayersCase.Matrix(torch.X));
            AssertClose(
                GradientCase.Flat(outputs), [.. torch.Outputs.SelectMany(row => row)],
                100 * Math.Max(1, torch.Outputs.Max(Largest)),
                $"{what}, outputs");
        }

        output.WriteLine($"The worst came to {_worst:0.0e+0} of its bound.");
    }

    [Fact]
    public void The_stored_networks_have_every_kind_of_layer()
    {
        TorchLayersCase[] cases = TorchLayersCase.Read(GoldenFile.PathOf("torch_layers.json.gz"));
        Assert.Equal(24, cases.Length);
        foreach (string kind in (string[])["scale", "batchnorm", "layernorm"])
            Assert.True(cases.Count(torch => torch.Layers.Any(layer => layer.Kind == kind)) >= 5, kind);
    }

    static double Largest(double[] numbers) => numbers.Max(Math.Abs);

    void AssertClose(double[] actual, double[] expected, double scale, string what)
    {
        GradientCase.AssertClose(actual, expected, Bound * scale, what);
        for (int i = 0; i < actual.Length; i++)
            _worst = Math.Max(_worst, Math.Abs(actual[i] - expected[i]) / (Bound * scale));
    }
}
