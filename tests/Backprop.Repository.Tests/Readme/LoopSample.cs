using Backprop.Engine;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Code of the README: a loop of one's own.</summary>
static class LoopSample
{
    public static void Run()
    {
        Matrix<float> inputs = Matrix<float>.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        Matrix<float> targets = Matrix<float>.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });
        var network = new Network(2, [new Dense(8, Activation.Tanh), new Dense(1, Activation.Logistic)]);
        Parameters<float> parameters = Initializer.GlorotUniform.Create<float>(network, seed: 1);

        // README: loop
        var values = new ValueFlow<float>(network);
        var errors = new ErrorFlow<float>(network, Loss.LogisticCrossEntropy());
        var updater = new Updater<float>(network, new UpdateOptions { Optimizer = Optimizer.Adam(), LearningRate = 0.05 });
        var workspace = new Workspace<float>(network, capacity: 4);
        var gradient = new Parameters<float>(network);
        for (int step = 0; step < 500; step++)
        {
            workspace.Load(inputs, targets);
            values.Run(parameters, workspace);                           // X⁰ → U¹ → X¹ → … → Xⁿ
            double loss = errors.Run(parameters, workspace, gradient);   // e → ∂e/∂Uⁿ → … → ∂e/∂W, ∂e/∂b
            updater.Step(parameters, gradient);
            if (step % 100 == 0)
                Console.WriteLine($"step {step}: loss {loss:f4}");
        }
        // README: end

        values.Run(parameters, workspace);
        Assert.InRange(errors.Run(parameters, workspace, gradient), 0, 0.05);
    }
}
