using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>A loop of one's own, from public parts alone.</summary>
public sealed class OwnLoopTests
{
    /// <summary>
    /// The trainer waits for the whole gradient where its norm is clipped, and updates slice by slice elsewhere.
    /// </summary>
    [Theory]
    [InlineData("norm=0.5", 2)]
    [InlineData("value=0.01", 1)]
    [InlineData("value=0.01", 3)]
    [InlineData("none", 2)]
    public void A_loop_of_ones_own_gives_the_bits_of_the_trainer(string clip, int threads)
    {
        const int rows = 50;
        const int epochs = 4;
        const int batch = 16;
        const ulong seed = 7;
        var network = new Network(6, [new Dense(11, Activation.Gelu), new Dense(3, Activation.Linear), new Softmax()]);
        var examples = new Examples<float>(
            Sample.Matrix<float>(rows, 6, 1), Sample.Classes(rows, 3, 2), Sample.Weights(rows, 3));
        var update = new UpdateOptions
        {
            Optimizer = Optimizer.AdamW(),
            LearningRate = 0.01,
            Schedule = Schedule.Parse("cosine"),
            Clip = Clip.Parse(clip),
            L2 = 1e-3,
        };
        var options = new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy(),
            Update = update,
            BatchSize = batch,
            Epochs = epochs,
            Seed = seed,
        };
        var recorder = new Recorder();
        Parameters<float> trained = Initializer.GlorotUniform.Create<float>(network, seed);
        new Trainer<float>(options, threads).Train(trained, examples, observer: recorder);

        // rows → value flow → loss → error flow → gradient → update
        Parameters<float> parameters = Initializer.GlorotUniform.Create<float>(network, seed);
        var gradient = new Parameters<float>(network);
        var workspace = new Workspace<float>(network, batch);
        var values = new ValueFlow<float>(network);
        var errors = new ErrorFlow<float>(network, Loss.SoftmaxCrossEntropy());
        var updater = new Updater<float>(network, update);
        int step = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            int[] order = [.. Enumerable.Range(0, rows)];
            CounterRandom.Shuffle(order, seed, RandomPurpose.Shuffle, (uint)epoch + 1);
            foreach (int[] chosen in order.Chunk(batch))
            {
                workspace.Load(examples.Take(chosen));
                values.Run(parameters, workspace);
                double loss = errors.Run(parameters, workspace, gradient);
                double rate = updater.Step(parameters, gradient, epoch, recorder.Steps.Count);
                Assert.Equal(recorder.Steps[step].Loss, loss);
                Assert.Equal(recorder.Steps[step].LearningRate, rate);
                step++;
            }
        }

        Assert.Equal(recorder.Steps.Count, step);
        Assert.Equal(step, updater.State.Step);
        Assert.Equal(trained.Hash(), parameters.Hash());
    }

    [Fact]
    public void Parts_of_different_networks_are_refused()
    {
        var network = new Network(2, [new Dense(3, Activation.Tanh)]);
        var other = new Network(2, [new Dense(4, Activation.Tanh)]);
        var parameters = new Parameters<double>(network);
        var workspace = new Workspace<double>(network, 4);
        workspace.Load(new Matrix<double>(4, 2), new Matrix<double>(4, 3));
        var values = new ValueFlow<double>(network);
        var errors = new ErrorFlow<double>(network, Loss.Squared);
        var updater = new Updater<double>(network, new UpdateOptions());
        Assert.Throws<ArgumentException>(() => values.Run(new Parameters<double>(other), workspace));
        Assert.Throws<ArgumentException>(() => values.Run(parameters, new Workspace<double>(other, 1)));
        Assert.Throws<ArgumentException>(() => errors.Run(parameters, workspace, new Parameters<double>(other)));
        Assert.Throws<ArgumentException>(() => updater.Step(parameters, new Parameters<double>(other)));
        Assert.Throws<ArgumentException>(
            () => new Updater<double>(network, new UpdateOptions(), new UpdateState<double>(other, new UpdateOptions())));
        Assert.Equal(
            "5 rows do not fit a workspace for 4. (Parameter 'examples')",
            Assert.Throws<ArgumentException>(() => workspace.Load(new Matrix<double>(5, 2), new Matrix<double>(5, 3))).Message);

        // A loss of class indices needs a loss that takes them.
        workspace.Load(new Examples<double>(new Matrix<double>(4, 2), new int[4]));
        values.Run(parameters, workspace);
        Assert.Equal(
            "The loss squared takes target values, not class indices.",
            Assert.Throws<ArgumentException>(() => errors.Run(parameters, workspace, new Parameters<double>(network))).Message);
    }
}
