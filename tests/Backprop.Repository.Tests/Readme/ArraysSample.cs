using Backprop.Engine;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Code of the README: a network of one's own on arrays.</summary>
static class ArraysSample
{
    public static void Run()
    {
        // README: arrays
        Matrix<float> inputs = Matrix<float>.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        Matrix<float> targets = Matrix<float>.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });

        var network = new Network(2, [new Dense(8, Activation.Tanh), new Dense(1, Activation.Logistic)]);
        Parameters<float> parameters = Initializer.GlorotUniform.Create<float>(network, seed: 1);
        var options = new TrainingOptions { Loss = Loss.LogisticCrossEntropy(), BatchSize = 0, Epochs = 2000 };
        new Trainer<float>(options).Train(parameters, new Examples<float>(inputs, targets));
        Matrix<float> outputs = new Predictor<float>(parameters).Predict(inputs);
        // README: end

        for (int row = 0; row < 4; row++)
            Assert.Equal(targets[row, 0], outputs[row, 0], 0.1);
    }
}
