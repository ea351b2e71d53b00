using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The engine against PyTorch in double precision.</summary>
public sealed class TorchTests
{
    const double StepBound = 1e-9;

    public static TheoryData<int> Steps => [.. Enumerable.Range(0, TorchCase.Read("torch_steps.json").Length)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_loss_of_200_steps_and_the_last_parameters_are_the_same(int index)
    {
        TorchCase torch = TorchCase.Read("torch_steps.json")[index];
        Parameters<double> parameters = torch.Parameters();
        int perEpoch = (torch.Rows + torch.Batch - 1) / torch.Batch;
        Assert.Equal(0, torch.Losses.Length % perEpoch);
        var options = new TrainingOptions
        {
            Loss = torch.EngineLoss(),
            Update = torch.Update(),
            BatchSize = torch.Batch == torch.Rows ? 0 : torch.Batch,
            Epochs = torch.Losses.Length / perEpoch,
            Shuffle = false,
        };
        var recorder = new Recorder();
        new Trainer<double>(options).Train(parameters, torch.Examples(), observer: recorder);

        Assert.Equal(200, recorder.Steps.Count);
        for (int step = 0; step < 200; step++)
        {
            Assert.True(
                Math.Abs(recorder.Steps[step].Loss - torch.Losses[step]) <= StepBound * Math.Abs(torch.Losses[step]),
                $"{torch.Name}, step {step + 1}: {recorder.Steps[step].Loss:R} against {torch.Losses[step]:R}");
        }

        AssertTensors(torch.Name, parameters, torch.FinalWeights, torch.FinalBiases);
    }

    static void AssertTensors(string name, Parameters<double> actual, double[][] weights, double[][] biases)
    {
        for (int k = 0; k < weights.Length; k++)
        {
            GradientCase.AssertClose(
                GradientCase.Flat(actual.Weights[k]), weights[k], StepBound * weights[k].Max(Math.Abs),
                $"{name}, W of layer {k + 1}");
            GradientCase.AssertClose(
                GradientCase.Flat(actual.Biases[k]!), biases[k], StepBound * biases[k].Max(Math.Abs),
                $"{name}, b of layer {k + 1}");
        }
    }
}
