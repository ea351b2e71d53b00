using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Gradient and update block by block give the bits of one after the other.</summary>
public sealed class GradientStepTests
{
    [Theory]
    [InlineData(1, 512)]
    [InlineData(2, 512)]
    [InlineData(3, 16)]
    public void A_step_is_the_value_flow_the_error_flow_and_then_the_update(int threads, int chunkRows)
    {
        // More rows of weights than are updated at a time, fewer than there are threads, and a layer without biases.
        var network = new Network(
            300, [new Dense(150, Activation.Tanh, bias: false), new Dense(2, Activation.Relu), new Dense(20, Activation.Linear)]);
        var examples = new Examples<float>(Sample.Matrix<float>(50, 300, 1), Sample.Matrix<float>(50, 20, 2));
        var update = new UpdateOptions
        {
            Optimizer = Optimizer.Adam(),
            LearningRate = 0.01,
            L2 = 0.01,
            Clip = Clip.ByValue(0.01),
        };
        var options = new TrainingOptions { Loss = Loss.Squared, Update = update, BatchSize = 0, Epochs = 3, Shuffle = false };
        Parameters<float> trained = Sample.Parameters<float>(network, 3);
        new Trainer<float>(options, new CpuOptions(threads, LaneWidths.Best, chunkRows)).Train(trained, examples);

        Parameters<float> parameters = Sample.Parameters<float>(network, 3);
        var gradient = new Parameters<float>(network);
        var workspace = new Workspace<float>(network, 50);
        var values = new ValueFlow<float>(network);
        var errors = new ErrorFlow<float>(network, Loss.Squared);
        var updater = new Updater<float>(network, update);
        workspace.Load(examples);
        for (int step = 0; step < 3; step++)
        {
            values.Run(parameters, workspace);
            errors.Run(parameters, workspace, gradient);
            updater.Step(parameters, gradient);
        }

        Assert.Equal(parameters.Hash(), trained.Hash());
    }

    [Fact]
    public void Rows_that_members_take_over_from_each_other_change_no_bit()
    {
        // So many multiply-adds that a member's share of the rows is cut.
        var network = new Network(1500, [new Dense(900, Activation.Relu), new Dense(3, Activation.Linear)]);
        var examples = new Examples<float>(Sample.Matrix<float>(230, 1500, 1), Sample.Matrix<float>(230, 3, 2));
        var options = new TrainingOptions { BatchSize = 200, Epochs = 2, Update = new UpdateOptions { LearningRate = 0.01 } };
        string Hash(int threads)
        {
            Parameters<float> parameters = Sample.Parameters<float>(network, 3);
            new Trainer<float>(options, new CpuOptions(threads, LaneWidths.Best)).Train(parameters, examples);
            return parameters.Hash();
        }

        Assert.True(new StepPieces(network, 2).RowsOf(1, 200).Count > 0);
        Assert.Equal(Hash(1), Hash(2));
        Assert.Equal(Hash(1), Hash(3));
    }

    [Theory]
    [InlineData(1, 512)]
    [InlineData(1, 7)]
    [InlineData(3, 5)]
    [InlineData(30, 512)]
    public void Steps_alone_and_together_in_turns_change_no_bit(int shards, int chunkRows)
    {
        var network = new Network(300, [new Dense(40, Activation.Tanh), new Scale(), new Dense(2, Activation.Linear)]);
        var examples = new Examples<float>(Sample.Matrix<float>(23, 300, 1), Sample.Matrix<float>(23, 2, 2));
        using var crew = new Crew(3);
        Parameters<float> alone = Sample.Parameters<float>(network, 3), inTurns = Sample.Parameters<float>(network, 3);
        var firstUpdater = new Updater<float>(network, default);
        var secondUpdater = new Updater<float>(network, default);
        GradientStep<float> first = StepOf(alone, firstUpdater), second = StepOf(inTurns, secondUpdater);
        var losses = new float[23];
        for (int step = 0; step < 12; step++)
        {
            // The last has fewer rows than there are shards.
            var batch = new RowRange(0, step % 4 == 3 ? 2 : 23);
            Run(first, firstUpdater, together: false);
            Run(second, secondUpdater, together: step % 3 != 1);

            void Run(GradientStep<float> of, Updater<float> updater, bool together)
            {
                updater.BeginStep(0.01);
                of.Begin(1, [.. Enumerable.Range(0, 23)], batch, losses, 0);
                if (together)
                    crew.Run(of);
                else
                    ((ICrewJob)of).Run(0, 1);
            }
        }

        Assert.Equal(alone.Hash(), inTurns.Hash());

        GradientStep<float> StepOf(Parameters<float> parameters, Updater<float> updater) => new(
            parameters, new GradientTree<float>(network, new RowRange(0, shards)),
            new ErrorFlow<float>(network, Loss.Squared, Reduction.Mean), updater,
            new Workspace<float>(network, Math.Min(23, chunkRows), WorkspaceUse.Learning, LaneWidths.Best))
        {
            Crew = crew,
            Examples = examples,
            Exchange = new Alone<float>(),
            Shards = shards,
        };
    }
}
