using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Steps are taken alone or together as was faster, and the choice follows the machine.</summary>
public sealed class PaceTests
{
    [Theory]
    [InlineData(10, 20, false)]
    [InlineData(20, 10, true)]
    public void Nearly_all_steps_go_the_faster_way(int alone, int together, bool expected)
    {
        var pace = new Pace();
        Run(pace, 20, _ => alone, _ => together);
        int right = Run(pace, 2100, _ => alone, _ => together, expected);
        Assert.InRange(right, 2000, 2099);
    }

    [Fact]
    public void The_choice_changes_when_the_machine_does()
    {
        var pace = new Pace();
        Assert.Equal(0, Run(pace, 20, _ => 10, _ => 20, counted: false));
        Assert.True(Run(pace, 420, _ => 10, _ => 20, counted: false) > 400);
        Run(pace, 210, _ => 20, _ => 10);
        Assert.True(Run(pace, 420, _ => 20, _ => 10, counted: true) > 400);
    }

    [Fact]
    public void A_step_that_was_interrupted_decides_nothing()
    {
        var pace = new Pace();
        Run(pace, 20, _ => 20, _ => 10);
        int right = Run(pace, 210, _ => 20, step => step == 7 ? 10_000 : 10, counted: true);
        Assert.True(right > 200);
    }

    [Fact]
    public void A_training_that_chooses_by_itself_gives_the_hash_of_one_thread()
    {
        var network = new Network(64, [new Layer(256, Activation.Relu), new Layer(200, Activation.Tanh), new Layer(8, Activation.Linear)]);
        var options = new TrainingOptions { BatchSize = 100, Epochs = 50, Update = new UpdateOptions { Optimizer = Optimizer.Momentum(), LearningRate = 0.01 } };
        var examples = new Examples<float>(Sample.Matrix<float>(800, 64, 1), Sample.Matrix<float>(800, 8, 2));
        string Hash(int threads)
        {
            Parameters<float> parameters = Sample.Parameters<float>(network, 3);
            new Trainer<float>(options, threads).Train(parameters, examples);
            return parameters.Hash();
        }

        Assert.True(CrewSize.For(network, 100) > 1 || Environment.ProcessorCount == 1);
        Assert.Equal(Hash(1), Hash(0));
    }

    /// <summary>Takes steps and counts those of one kind.</summary>
    static int Run(Pace pace, int steps, Func<int, int> alone, Func<int, int> together, bool counted = true)
    {
        int count = 0;
        for (int step = 0; step < steps; step++)
        {
            bool isTogether = pace.Together;
            count += isTogether == counted ? 1 : 0;
            pace.Add(isTogether ? together(step) : alone(step));
        }

        return count;
    }
}
