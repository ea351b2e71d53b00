using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The kept flows of every kind of layer are the training step's own numbers.</summary>
public sealed class LayerRecordTests
{
    public static TheoryData<string> Names => [.. EveryKind.Networks.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_update_from_the_kept_gradient_gives_the_trainers_bits(string name)
    {
        Network network = EveryKind.Of(name).WithoutDropout;
        Parameters<float> parameters = EveryKind.Parameters<float>(network, 1);
        Examples<float> examples = EveryKind.Rows<float>(network, 7);
        var update = new UpdateOptions { Optimizer = Optimizer.Adam(), LearningRate = 0.01, L2 = 0.1, WeightDecay = 0.1 };
        foreach (int shards in new[] { 1, 2, 3 })
        {
            FlowRecord<float> flow = FlowRecord<float>.Of(parameters, examples, EveryKind.LossOf(network), shards: shards);
            Parameters<float> updated = flow.CopyParameters();
            flow.UpdateStatistics(updated);
            new Updater<float>(network, update).Step(updated, flow.CopyGradient());
            var options = new TrainingOptions
            {
                Loss = EveryKind.LossOf(network),
                Update = update,
                BatchSize = 0,
                Epochs = 1,
                Shuffle = false,
                Shards = shards,
            };
            var trained = new Parameters<float>(network);
            trained.CopyFrom(parameters);
            new Trainer<float>(options).Train(trained, examples);
            Assert.Equal(trained.Hash(), updated.Hash());
            Assert.Equal(network.NeedsWholeShard, flow.UsesBatchStatistics);
            Assert.Equal(shards == 1 ? 0 : shards, flow.Shards.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_layer_with_tensors_has_a_record_with_all_of_them(string name)
    {
        Network network = EveryKind.Of(name);
        Parameters<double> parameters = EveryKind.Parameters<double>(network, 2);
        FlowRecord<double> flow = FlowRecord<double>.Of(
            parameters, EveryKind.Rows<double>(network, 5), EveryKind.LossOf(network), shards: 2);
        Assert.Equal(network.NumberedLayers, flow.Layers.Select(layer => layer.Layer));
        Assert.Equal(Enumerable.Range(1, flow.Layers.Length), flow.Layers.Select(layer => layer.Number));
        Assert.Equal(network.Layout.Tensors, flow.Layers.SelectMany(layer => layer.Tensors).Select(tensor => tensor.Tensor));
        Parameters<double> gradient = flow.CopyGradient();
        int place = 0;
        foreach (LayerRecord<double> layer in flow.Layers)
        {
            Assert.Equal(5, layer.X.Rows);
            Assert.Equal(layer.Layer is LayerNorm or BatchNorm, layer.Normalised is not null);
            Assert.Equal(layer.Layer is BatchNorm, layer.ShardMeans is { Rows: 2 } && layer.ShardVariances is { Rows: 2 });
            if (layer.Layer is not Dense)
                Assert.Throws<InvalidOperationException>(() => layer.Weights);
            for (int i = 0; i < layer.Tensors.Length; i++, place++)
            {
                Assert.Equal(parameters.Tensors[place][0].ToArray(), layer.Tensors[i].Values[0].ToArray());
                bool isStatistic = layer.Tensors[i].Tensor.Role == TensorRole.Statistic;
                Assert.Equal(isStatistic, layer.Tensors[i].Gradient is null);
                Assert.All(flow.Shards, shard => Assert.Equal(isStatistic, shard.Gradients[layer.Number - 1][i] is null));
                if (isStatistic)
                    continue;
                Assert.Equal(gradient.Tensors[place][0].ToArray(), layer.Tensors[i].Gradient![0].ToArray());
                double sum = flow.Shards.Sum(shard => shard.Gradients[layer.Number - 1][i]![0, 0]);
                Assert.Equal(sum, gradient.Tensors[place][0, 0], 14);
            }
        }
    }

    [Fact]
    public void Of_single_rows_the_running_statistics_are_used_and_left()
    {
        Network network = EveryKind.Of("columns normalised");
        Parameters<double> parameters = EveryKind.Parameters<double>(network, 3);
        Examples<double> examples = EveryKind.Rows<double>(network, 4);
        FlowRecord<double> alone = FlowRecord<double>.Of(parameters, examples.Take([1]), Loss.Squared);
        FlowRecord<double> cut = FlowRecord<double>.Of(parameters, examples.Take([0, 1, 2]), Loss.Squared, shards: 2);
        FlowRecord<double> whole = FlowRecord<double>.Of(parameters, examples.Take([0, 1, 2]), Loss.Squared);
        Assert.False(alone.UsesBatchStatistics);
        Assert.False(cut.UsesBatchStatistics);
        Assert.True(whole.UsesBatchStatistics);
        Assert.Equal(alone.Layers[^1].X[0].ToArray(), cut.Layers[^1].X[1].ToArray());
        Assert.NotEqual(alone.Layers[^1].X[0].ToArray(), whole.Layers[^1].X[1].ToArray());
        Assert.Null(alone.Layers[0].ShardMeans);
        double[] outputs = new double[3];
        new Predictor<double>(parameters).Predict(alone.Inputs[0], outputs);
        Assert.Equal(outputs, alone.Layers[^1].X[0].ToArray());
        Parameters<double> left = alone.CopyParameters();
        alone.UpdateStatistics(left);
        Assert.Equal(parameters.Hash(), left.Hash());
        whole.UpdateStatistics(left);
        Assert.NotEqual(parameters.Hash(), left.Hash());
        Assert.Throws<ArgumentException>(() => whole.UpdateStatistics(new Parameters<double>(EveryKind.Of("dense"))));
    }

    /// <summary>What softmax takes is U, and what it gives X, whatever the layer before it is.</summary>
    [Fact]
    public void Softmax_belongs_to_the_layer_before_it()
    {
        Network network = EveryKind.Of("columns normalised last");
        FlowRecord<double> flow = FlowRecord<double>.Of(
            EveryKind.Parameters<double>(network, 4), EveryKind.Rows<double>(network, 4), Loss.SoftmaxCrossEntropy());
        LayerRecord<double> last = flow.Layers[^1];
        Assert.IsType<BatchNorm>(last.Layer);
        double sum = last.U[1].ToArray().Sum(Math.Exp);
        Assert.Equal(Math.Exp(last.U[1, 2]) / sum, last.X[1, 2], 14);
        Assert.Null(last.OutputErrors);
        Assert.Equal(
            flow.Targets[1].ToArray().Sum() * last.X[1, 2] - flow.Targets[1, 2], last.Delta[1, 2] * 4 / flow.RowWeights[1], 13);
    }
}
