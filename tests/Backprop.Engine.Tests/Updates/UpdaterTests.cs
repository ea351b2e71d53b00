using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

public sealed class UpdaterTests
{
    static UpdateOptions AllLinks => new() { L1 = 0.01, L2 = 0.02, WeightDecay = 0.5, Clip = Clip.ByNorm(3) };

    public static TheoryData<string> Names => [.. Optimizer.All.Select(optimizer => optimizer.Named.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_and_cut_gives_the_bits_of_the_reference(string name)
    {
        Optimizer optimizer = Optimizer.Parse(name);
        foreach (UpdateOptions options in (UpdateOptions[])
            [
                new() { WeightDecay = 0 }, AllLinks, AllLinks with { Clip = Clip.ByValue(0.25) },
                AllLinks with { Clip = Clip.None },
            ])
        {
            Compare<float>(options with { Optimizer = optimizer });
            Compare<double>(options with { Optimizer = optimizer });
        }

        static void Compare<T>(UpdateOptions options)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            byte[] expected = new UpdateRun<T>(options).Steps(5).Bytes();
            foreach (LaneWidth width in LaneWidths.All)
            {
                foreach (int parts in (int[])[1, 2, 3, 7])
                {
                    ReadOnlySpan<byte> actual = new UpdateRun<T>(options, width).Steps(5, parts).Bytes();
                    Assert.True(actual.SequenceEqual(expected), $"{width} in {parts} parts");
                    actual = new UpdateRun<T>(options, width).Steps(5, parts, byLayers: true).Bytes();
                    Assert.True(actual.SequenceEqual(expected), $"{width} layer by layer in {parts} parts");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_stays_zero(string name)
    {
        UpdateRun<float> run = new UpdateRun<float>(
            AllLinks with { Optimizer = Optimizer.Parse(name) }, LaneWidths.Best).Steps(20);
        foreach (Parameters<float> buffer in (Parameters<float>[])[run.Parameters, .. run.State.Moments])
        {
            var without = new Parameters<float>(UpdateRun<float>.Awkward);
            double[] numbers = UpdateRun<float>.Numbers(buffer);
            UpdateRun<float>.Set(without, index => numbers[index]);
            Assert.Equal(
                without.Buffer.ToArray().Select(BitConverter.SingleToInt32Bits),
                buffer.Buffer.ToArray().Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void Penalties_and_decay_touch_weights_and_not_biases()
    {
        var options = new UpdateOptions
        {
            Optimizer = Optimizer.GradientDescent,
            LearningRate = 0.5,
            L1 = 0.25,
            L2 = 0.125,
            WeightDecay = 0.5,
        };
        var run = new UpdateRun<double>(options);
        double[] before = UpdateRun<double>.Numbers(run.Parameters);
        run.Step();
        double[] after = UpdateRun<double>.Numbers(run.Parameters);
        bool[] weights = UpdateRun<double>.AreWeights();
        for (int i = 0; i < before.Length; i++)
        {
            double w = before[i];
            double expected = weights[i] ? 0.75 * w - 0.5 * (0.125 * w + 0.25 * Math.Sign(w)) : w;
            Assert.Equal(expected, after[i], 2e-16);
        }

        Assert.Contains(before, w => w == 0);
    }

    [Fact]
    public void AdamW_decays_by_its_own_default_and_Adam_does_not()
    {
        foreach ((Optimizer optimizer, double keep) in new[] { (Optimizer.AdamW(), 1 - 0.1 * 0.01), (Optimizer.Adam(), 1.0) })
        {
            var run = new UpdateRun<double>(new UpdateOptions { Optimizer = optimizer, LearningRate = 0.1 });
            double before = run.Parameters.Weights[0][1, 2];
            run.Step();
            Assert.Equal(before * keep, run.Parameters.Weights[0][1, 2]);
        }
    }

    [Fact]
    public void Moments_that_sink_below_the_normal_numbers_become_zero()
    {
        Assert.Equal(0, Sunk<float>(800, 1e-36f));
        Assert.Equal(0, Sunk<double>(800, 1e-305));
        Assert.NotEqual(0, Sunk<float>(10, 1e-36f));

        static double Sunk<T>(int steps, double gradient)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var run = new UpdateRun<T>(new UpdateOptions { Optimizer = Optimizer.Momentum() }, LaneWidths.Best);
            run.Gradients.Weights[0][0, 0] = T.CreateChecked(gradient);
            run.Step();
            run.Gradients.Clear();
            for (int i = 0; i < steps; i++)
                run.Step();

            Assert.DoesNotContain(run.State.Moments[0].Buffer.ToArray(), T.IsSubnormal);
            return double.CreateChecked(run.State.Moments[0].Weights[0][0, 0]);
        }
    }

    [Theory]
    [InlineData(2.0, 1)]
    [InlineData(0.5, 0.5)]
    public void A_gradient_longer_than_the_limit_is_scaled_to_it(double limit, double length)
    {
        var options = new UpdateOptions { Optimizer = Optimizer.GradientDescent, LearningRate = 1, Clip = Clip.ByNorm(limit) };
        var run = new UpdateRun<double>(options);
        UpdateRun<double>.Set(run.Gradients, index => UpdateRun<double>.MadeUp(index, 3));
        double norm = Math.Sqrt(UpdateRun<double>.Numbers(run.Gradients).Sum(g => g * g));
        UpdateRun<double>.Set(run.Gradients, index => UpdateRun<double>.MadeUp(index, 3) / norm);
        double[] before = UpdateRun<double>.Numbers(run.Parameters);
        double[] gradient = UpdateRun<double>.Numbers(run.Gradients);
        run.Step();
        double[] after = UpdateRun<double>.Numbers(run.Parameters);

        Assert.Equal(1, run.Updater.GradientNorm(), 1e-13);
        double factor = length == 1 ? 1 : limit / (1 + 1e-6);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i] - factor * gradient[i], after[i], 1e-15);
    }

    [Fact]
    public void Clipping_sees_the_penalties_too()
    {
        var options = new UpdateOptions
        {
            Optimizer = Optimizer.GradientDescent,
            LearningRate = 1,
            L2 = 1,
            Clip = Clip.ByNorm(1e9),
        };
        var run = new UpdateRun<double>(options);
        bool[] weights = UpdateRun<double>.AreWeights();
        double expected = Math.Sqrt(UpdateRun<double>.Numbers(run.Parameters).Where((_, i) => weights[i]).Sum(w => w * w));
        run.Step();
        Assert.Equal(expected, run.Updater.GradientNorm(), 1e-12 * expected);

        run = new UpdateRun<double>(options with { L2 = 0, L1 = 2, Clip = Clip.ByValue(0.5) });
        double[] before = UpdateRun<double>.Numbers(run.Parameters);
        run.Step();
        double[] after = UpdateRun<double>.Numbers(run.Parameters);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i] - (weights[i] ? 0.5 * Math.Sign(before[i]) : 0), after[i]);
    }

    [Fact]
    public void A_norm_beyond_single_precision_still_clips()
    {
        var run = new UpdateRun<float>(
            new UpdateOptions { Optimizer = Optimizer.GradientDescent, LearningRate = 1, Clip = Clip.ByNorm(1) });
        run.Gradients.Biases[0]![0, 1] = 3e30f;
        run.Gradients.Weights[1][2, 3] = 4e30f;
        run.Parameters.Clear();
        run.Step();
        Assert.Equal(5e30, run.Updater.GradientNorm(), 5e30 * 1e-7);
        Assert.Equal(-0.6f, run.Parameters.Biases[0]![0, 1], 1e-6f);
        Assert.Equal(-0.8f, run.Parameters.Weights[1][2, 3], 1e-6f);
    }

    [Fact]
    public void A_saved_state_goes_on_with_the_same_bits()
    {
        foreach (Optimizer optimizer in Optimizer.All)
        {
            UpdateOptions options = AllLinks with { Optimizer = optimizer };
            byte[] expected = new UpdateRun<float>(options, LaneWidths.Best).Steps(9).Bytes();
            UpdateRun<float> run = new UpdateRun<float>(options, LaneWidths.Best).Steps(4);
            run.Resume();
            Assert.Equal(expected, run.Steps(5).Bytes());
            Assert.Equal(9, run.State.Step);
        }
    }

    [Fact]
    public void Refuses_the_state_of_another_optimizer_or_network()
    {
        Network network = UpdateRun<float>.Awkward;
        var state = new UpdateState<float>(network, new UpdateOptions { Optimizer = Optimizer.Momentum() });
        Assert.Throws<ArgumentException>(() => new Updater<float>(network, default, LaneWidth.Reference, state));

        state = new UpdateState<float>(new Network(3, [new Dense(2, Activation.Tanh)]), default);
        Assert.Throws<ArgumentException>(() => new Updater<float>(network, default, LaneWidth.Reference, state));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (Optimizer optimizer in Optimizer.All)
        {
            var run = new UpdateRun<float>(AllLinks with { Optimizer = optimizer }, LaneWidths.Best);
            run.Step(3);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                run.Step(3, 0.001);

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
