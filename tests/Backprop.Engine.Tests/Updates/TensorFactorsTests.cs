using System.Numerics;
using System.Runtime.InteropServices;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>A tensor with factors is updated as one that is alone with a learning rate and a decay of its own.</summary>
public sealed class TensorFactorsTests
{
    const double Rate = 0.015625 * 1.1;

    /// <summary>A name alone, layer and name, one that overrides the other, and 0.</summary>
    static readonly TensorFactors s_factors = new(("bias", 0.3), ("layer2.weights", 6), ("layer1.bias", 0), ("weights", 0.7));

    public static TheoryData<string> Names => [.. Optimizer.All.Select(optimizer => optimizer.Named.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tensor_has_the_bits_of_a_training_at_its_own_learning_rate(string name)
    {
        var optimizer = Optimizer.Parse(name);
        TensorFactors factors = optimizer.NeedsFullBatch ? new TensorFactors(s_factors.Factors.Select(NotZero)) : s_factors;
        foreach (Clip clip in (Clip[])[Clip.None, Clip.ByValue(0.4)])
        {
            var options = new UpdateOptions
            {
                Optimizer = optimizer,
                LearningRate = Rate,
                WeightDecay = 0.5,
                L2 = 0.25,
                Clip = clip,
            };
            Compare<float>(options, factors);
            Compare<double>(options with { WeightDecay = 0, L2 = 0 }, factors);
        }

        static (string, double) NotZero(KeyValuePair<string, double> pair) => (pair.Key, pair.Value == 0 ? 0.125 : pair.Value);
    }

    static void Compare<T>(UpdateOptions options, TensorFactors factors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        UpdateOptions factored = options with { LearningRateFactors = factors };
        UpdateRun<T> run = new UpdateRun<T>(factored).Steps(5);
        foreach (LaneWidth width in LaneWidths.All)
        {
            foreach (int parts in (int[])[1, 3])
            {
                Assert.True(
                    new UpdateRun<T>(factored, width).Steps(5, parts).Bytes().SequenceEqual(run.Bytes()),
                    $"{width} in {parts} parts");
                Assert.True(
                    new UpdateRun<T>(factored, width).Steps(5, parts, byLayers: true).Bytes().SequenceEqual(run.Bytes()),
                    $"{width} layer by layer in {parts} parts");
            }
        }

        var start = new UpdateRun<T>(options);
        foreach ((int index, Tensor tensor) in UpdateRun<T>.Awkward.Layout.Tensors.Index())
        {
            double factor = tensor.ToString() switch
            {
                "layer2.weights" => 6,
                "layer1.bias" => factors.Factors["layer1.bias"],
                _ when tensor.Name == "bias" => 0.3,
                _ => 0.7,
            };
            if (factor == 0)
            {
                Assert.Equal(Bits(start.Parameters, index), Bits(run.Parameters, index));
                continue;
            }

            UpdateRun<T> alone = new UpdateRun<T>(options with { LearningRate = Rate * factor }).Steps(5);
            Assert.Equal(Bits(alone.Parameters, index), Bits(run.Parameters, index));
            Assert.NotEqual(Bits(start.Parameters, index), Bits(run.Parameters, index));
            foreach ((Parameters<T> own, Parameters<T> moment) in alone.State.Moments.Zip(run.State.Moments))
                Assert.Equal(Bits(own, index), Bits(moment, index));
        }
    }

    [Fact]
    public void The_running_products_go_on_once_a_step()
    {
        foreach (Optimizer optimizer in Optimizer.All.Where(known => !known.NeedsFullBatch))
        {
            var options = new UpdateOptions { Optimizer = optimizer };
            UpdateRun<double> plain = new UpdateRun<double>(options).Steps(7);
            UpdateRun<double> run = new UpdateRun<double>(options with { LearningRateFactors = s_factors }).Steps(7);
            Assert.Equal(plain.State.Scalars.ToArray(), run.State.Scalars.ToArray());
        }
    }

    [Fact]
    public void Factors_that_say_what_holds_anyway_change_no_bit()
    {
        foreach (Optimizer optimizer in Optimizer.All)
        {
            var options = new UpdateOptions { Optimizer = optimizer, WeightDecay = 0.25 };
            byte[] expected = new UpdateRun<float>(options, LaneWidths.Best).Steps(4).Bytes();
            UpdateOptions ones = options with
            {
                LearningRateFactors = new(("weights", 1), ("layer1.bias", 1)),
                DecayFactors = new(("weights", 1), ("bias", 0)),
            };
            Assert.Equal(expected, new UpdateRun<float>(ones, LaneWidths.Best).Steps(4).Bytes());
        }
    }

    [Fact]
    public void Decay_is_that_of_a_plain_loop()
    {
        var options = new UpdateOptions
        {
            Optimizer = Optimizer.GradientDescent,
            LearningRate = 0.5,
            WeightDecay = 0.25,
            LearningRateFactors = new(("layer4.bias", 0.5)),
            DecayFactors = new(("bias", 2), ("layer2.weights", 0), ("layer4.weights", 3)),
        };
        var run = new UpdateRun<double>(options);
        double[][] before = [.. run.Parameters.Tensors.Select(Numbers)];
        run.Step();
        foreach ((int index, Tensor tensor) in run.Parameters.Network.Layout.Tensors.Index())
        {
            double keep = tensor.ToString() switch
            {
                "layer2.weights" => 1,
                "layer4.weights" => 1 - 0.5 * 0.75,
                "layer4.bias" => 1 - 0.25 * 0.5,
                _ when tensor.Name == "bias" => 1 - 0.5 * 0.5,
                _ => 1 - 0.5 * 0.25,
            };
            Assert.Equal(before[index].Select(p => p * keep), Numbers(run.Parameters.Tensors[index]));
        }
    }

    [Fact]
    public void A_saved_state_goes_on_with_the_same_bits()
    {
        foreach (Optimizer optimizer in Optimizer.All)
        {
            var options = new UpdateOptions
            {
                Optimizer = optimizer,
                LearningRateFactors = new(("bias", 0.5), ("layer3.weights", 3)),
            };
            byte[] expected = new UpdateRun<float>(options, LaneWidths.Best).Steps(9).Bytes();
            UpdateRun<float> run = new UpdateRun<float>(options, LaneWidths.Best).Steps(4);
            run.Resume();
            Assert.Equal(expected, run.Steps(5).Bytes());
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (Optimizer optimizer in Optimizer.All.Where(known => !known.NeedsFullBatch))
        {
            var options = new UpdateOptions { Optimizer = optimizer, LearningRateFactors = s_factors, WeightDecay = 0.1 };
            var run = new UpdateRun<float>(options, LaneWidths.Best);
            run.Step(3);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                run.Step(3, 0.001);

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Names_of_tensors_that_training_does_not_update_are_refused()
    {
        var network = new Network(
            2, [new Dense(3, Activation.Tanh, bias: false), new BatchNorm(), new Dense(1, Activation.Linear)]);
        var options = new UpdateOptions { Optimizer = Optimizer.AdamW() };
        (options with
        {
            LearningRateFactors = new(("weights", 1), ("bias", 1), ("factors", 1), ("layer2.bias", 1)),
            DecayFactors = new(("factors", 1), ("layer3.bias", 1)),
        }).ThrowUnlessFits(network);
        const string Known =
            "There are weights, factors, bias, layer1.weights, layer2.factors, layer2.bias, layer3.weights, layer3.bias.";
        Assert.Equal(
            $"There is no tensor 'factor' for a learning-rate factor; did you mean factors? {Known}",
            Refusal(options with { LearningRateFactors = new(("factor", 1)) }, network));
        Assert.Equal(
            $"There is no tensor 'mean' for a decay factor. {Known}",
            Refusal(options with { DecayFactors = new(("mean", 1)) }, network));
        Assert.StartsWith(
            "There is no tensor 'layer1.bias' for a learning-rate factor; did you mean layer2.bias? ",
            Refusal(options with { LearningRateFactors = new(("layer1.bias", 1)) }, network), StringComparison.Ordinal);
        var deep = new Network(2, Enumerable.Repeat(new Dense(2, Activation.Tanh), 12));
        Assert.EndsWith(
            "layer9.bias and 6 more.", Refusal(options with { DecayFactors = new(("x", 1)) }, deep), StringComparison.Ordinal);
    }

    [Fact]
    public void Factors_that_mean_nothing_are_refused()
    {
        Network network = UpdateRun<float>.Awkward;
        Assert.Equal(
            "The factors of layer2.weights make its learning rate times its weight decay 1 or more, so every step would turn its "
            + "signs; lower one of them.",
            Refusal(
                new()
                {
                    LearningRate = 0.5,
                    WeightDecay = 0.5,
                    LearningRateFactors = new(("layer2.weights", 2)),
                    DecayFactors = new(("weights", 2)),
                },
                network));
        Assert.Equal(
            "The optimizer rprop finds its own step sizes, so a learning-rate factor of 0 would hold nothing still.",
            Refusal(new() { Optimizer = Optimizer.Rprop(), LearningRateFactors = new(("bias", 0)) }, network));
        Assert.Equal(
            "Decay factors multiply the weight decay, and there is none.",
            Refusal(new() { DecayFactors = new(("bias", 1)) }, network));
        Assert.Equal(
            "The factor of bias must be 0 or a positive number, not -0.5.",
            Assert.Throws<ArgumentException>(() => new TensorFactors(("bias", -0.5))).Message);
        Assert.Throws<ArgumentException>(() => new TensorFactors(("bias", double.NaN)));
        Assert.Throws<ArgumentException>(() => new TensorFactors(("bias", double.PositiveInfinity)));
        Assert.Equal(
            "There are two factors of bias.",
            Assert.Throws<ArgumentException>(() => new TensorFactors(("bias", 1), ("bias", 2))).Message);
    }

    [Fact]
    public void Factors_of_the_same_tensors_are_equal()
    {
        var one = new TensorFactors(("bias", 0.1), ("layer1.weights", 2));
        Assert.Equal(one, new TensorFactors(("layer1.weights", 2), ("bias", 0.1)));
        Assert.Equal(one.GetHashCode(), new TensorFactors(("layer1.weights", 2), ("bias", 0.1)).GetHashCode());
        Assert.NotEqual(one, new TensorFactors(("layer1.weights", 2), ("bias", 0.2)));
        Assert.NotEqual(one, TensorFactors.None);
        Assert.Equal("bias=0.1,layer1.weights=2", one.ToString());
    }

    static string Refusal(UpdateOptions options, Network network) =>
        Assert.Throws<ArgumentException>(() => new Updater<float>(network, options)).Message;

    static byte[] Bits<T>(Parameters<T> parameters, int tensor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor place = parameters.Network.Layout.Tensors[tensor];
        return MemoryMarshal.AsBytes(parameters.Buffer.Span[(int)place.Offset..(int)place.End]).ToArray();
    }

    static double[] Numbers(Matrix<double> tensor) =>
        [.. Enumerable.Range(0, tensor.Rows).SelectMany(row => tensor[row].ToArray())];
}
