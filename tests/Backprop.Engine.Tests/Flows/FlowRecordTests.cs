using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The kept flows of a batch are the training step's own numbers.</summary>
public sealed class FlowRecordTests
{
    static readonly Network s_network = new(
        5,
        [
            new Dense([new ActivationRun(Activation.Tanh, 3), new ActivationRun(Activation.Softplus, 4)]),
            new Dense(3, Activation.Logistic, bias: false),
        ]);

    [Theory]
    [InlineData(Reduction.Mean)]
    [InlineData(Reduction.Sum)]
    public void An_update_from_the_kept_gradient_gives_the_trainers_bits(Reduction reduction)
    {
        Parameters<float> parameters = Sample.Parameters<float>(s_network, 1);
        var examples = new Examples<float>(
            Sample.Matrix<float>(7, 5, 2), Sample.Matrix<float>(7, 3, 3), Sample.Weights(7, 4));
        FlowRecord<float> flow = FlowRecord<float>.Of(parameters, examples, Loss.Squared, reduction);
        Parameters<float> updated = flow.CopyParameters();
        var update = new UpdateOptions { Optimizer = Optimizer.Adam(), LearningRate = 0.01, L2 = 0.1 };
        new Updater<float>(s_network, update).Step(updated, flow.CopyGradient());

        var options = new TrainingOptions
        {
            Loss = Loss.Squared,
            Reduction = reduction,
            Update = update,
            BatchSize = 0,
            Epochs = 1,
            Shuffle = false,
        };
        TrainingResult<float> result = new Trainer<float>(options).Train(parameters, examples);
        Assert.Equal(result.Parameters.Hash(), updated.Hash());
        Assert.Equal(
            flow.RowWeights.Zip(flow.RowLosses, (w, l) => w * l).Sum() / (reduction == Reduction.Mean ? 7 : 1),
            flow.BatchLoss,
            12);
    }

    [Fact]
    public void Errors_of_outputs_times_derivatives_are_the_deltas_and_lead_back_to_the_inputs()
    {
        var examples = new Examples<double>(Sample.Matrix<double>(4, 5, 5), Sample.Matrix<double>(4, 3, 6));
        FlowRecord<double> flow = FlowRecord<double>.Of(Sample.Parameters<double>(s_network, 7), examples, Loss.Squared);
        for (int k = 1; k >= 0; k--)
        {
            LayerRecord<double> layer = flow.Layers[k];
            ReadOnlyMatrix<double> below = k == 0 ? flow.InputErrors : flow.Layers[k - 1].OutputErrors!;
            for (int row = 0; row < flow.Rows; row++)
            {
                for (int j = 0; j < layer.Width; j++)
                    Assert.Equal(layer.OutputErrors![row, j] * layer.Derivative![row, j], layer.Delta[row, j]);
                for (int i = 0; i < below.Columns; i++)
                {
                    double sum = Enumerable.Range(0, layer.Width).Sum(j => layer.Delta[row, j] * layer.Weights[i, j]);
                    Assert.Equal(sum, below[row, i], 13);
                }
            }
        }
    }

    [Fact]
    public void Classes_are_shown_as_ones_and_a_joint_loss_has_no_errors_of_outputs()
    {
        var network = new Network(2, [new Dense(3, Activation.Linear), new Softmax()]);
        FlowRecord<double> flow = FlowRecord<double>.Of(
            Sample.Parameters<double>(network, 1), new Examples<double>(Sample.Matrix<double>(2, 2, 2), [2, 0]),
            Loss.SoftmaxCrossEntropy());
        Assert.Equal(new double[,] { { 0, 0, 1 }, { 1, 0, 0 } }, flow.Targets.ToArray());
        Assert.Null(flow.Layers[0].OutputErrors);
        Assert.Null(flow.Layers[0].Derivative);
        Assert.Equal((flow.Layers[0].X[0, 2] - 1) / 2, flow.Layers[0].Delta[0, 2], 15);
    }

    [Fact]
    public void A_record_does_not_change_with_the_parameters_it_was_made_of()
    {
        Parameters<double> parameters = Sample.Parameters<double>(s_network, 1);
        var examples = new Examples<double>(Sample.Matrix<double>(1, 5, 5), Sample.Matrix<double>(1, 3, 6));
        FlowRecord<double> flow = FlowRecord<double>.Of(parameters, examples, Loss.Squared);
        double before = flow.Layers[0].Weights[0, 0];
        parameters.Clear();
        flow.CopyParameters().Clear();
        flow.CopyGradient().Clear();
        Assert.Equal(before, flow.Layers[0].Weights[0, 0]);
        Assert.NotEqual(0, before);
    }
}
