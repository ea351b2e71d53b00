using Xunit;

namespace Backprop.Engine.Tests;

public sealed class InitializerTests
{
    const int Inputs = 300;
    const int Outputs = 100;

    [Theory]
    [InlineData("glorot-uniform", 2.0 / (Inputs + Outputs), true)]
    [InlineData("glorot-normal", 2.0 / (Inputs + Outputs), false)]
    [InlineData("he-uniform", 2.0 / Inputs, true)]
    [InlineData("he-normal", 2.0 / Inputs, false)]
    [InlineData("lecun-uniform", 1.0 / Inputs, true)]
    [InlineData("lecun-normal", 1.0 / Inputs, false)]
    [InlineData("uniform:range=0.3", 0.03, true)]
    [InlineData("normal:deviation=0.3", 0.09, false)]
    public void Weights_have_the_mean_variance_and_kurtosis_of_their_distribution(string name, double variance, bool uniform)
    {
        double[] w = Weights(Initializer.Parse(name).Create<double>(OneLayer(Inputs, Outputs), 7));
        double n = w.Length;
        double mean = w.Average();
        double measured = w.Average(x => x * x);
        double kurtosis = w.Average(x => x * x * x * x) / (variance * variance);

        // Five standard errors: σ/√n for the mean, σ²·√((κ − 1)/n) for the mean square; κ, the mean of z⁴, is 9/5 or 3,
        // and the variance of z⁴ is 9 − 81/25 for uniform and 96 for normal numbers z of variance 1.
        double expected = uniform ? 1.8 : 3;
        Assert.InRange(mean, -5 * Math.Sqrt(variance / n), 5 * Math.Sqrt(variance / n));
        double error = 5 * variance * Math.Sqrt((expected - 1) / n);
        Assert.InRange(measured, variance - error, variance + error);
        error = 5 * Math.Sqrt((uniform ? 9 - 81 / 25.0 : 96) / n);
        Assert.InRange(kurtosis, expected - error, expected + error);
        if (uniform)
            Assert.InRange(w.Max(Math.Abs), 0.999 * Math.Sqrt(3 * variance), Math.Sqrt(3 * variance));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(40, 17)]
    [InlineData(17, 40)]
    [InlineData(1, 5)]
    [InlineData(5, 1)]
    [InlineData(200, 130)]
    public void Orthogonal_weights_have_orthonormal_columns_or_rows(int inputs, int outputs)
    {
        const double Gain = 1.5;
        Matrix<double> w = Initializer.Orthogonal(Gain).Create<double>(OneLayer(inputs, outputs), 3).Weights[0];
        int count = Math.Min(inputs, outputs);
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double dot = 0;
                for (int i = 0; i < Math.Max(inputs, outputs); i++)
                    dot += inputs >= outputs ? w[i, a] * w[i, b] : w[a, i] * w[b, i];

                Assert.Equal(a == b ? Gain * Gain : 0, dot, 1e-12);
            }
        }
    }

    [Fact]
    public void Orthogonal_weights_factor_the_normal_numbers_with_a_positive_diagonal()
    {
        // R = Qᵀ·A must be upper triangular with a positive diagonal: that is what makes Q unique.
        const int Size = 20;
        Matrix<double> q = Initializer.Orthogonal().Create<double>(OneLayer(Size, Size), 5).Weights[0];
        Matrix<double> a = Initializer.Normal(1).Create<double>(OneLayer(Size, Size), 5).Weights[0];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double r = Enumerable.Range(0, Size).Sum(k => q[k, i] * a[k, j]);
                Assert.True(i == j ? r > 1e-9 : Math.Abs(r) < 1e-12, $"R[{i}, {j}] = {r:R}");
            }
        }
    }

    [Fact]
    public void Orthogonal_weights_are_the_same_at_every_width()
    {
        var expected = new Matrix<double>(70, 37);
        OrthogonalMatrix.Fill(expected, 1, 9, 0, LaneWidth.Reference);
        foreach (LaneWidth width in LaneWidths.All)
        {
            var w = new Matrix<double>(70, 37);
            OrthogonalMatrix.Fill(w, 1, 9, 0, width);
            Assert.Equal(expected.Padded.ToArray(), w.Padded.ToArray());
        }
    }

    [Fact]
    public void A_weight_depends_on_its_layer_and_logical_index_only()
    {
        var network = new Network(6, [new Dense(9, Activation.Relu), new Dense(20, Activation.Relu)]);
        foreach (Initializer initializer in Initializer.All)
        {
            // The last layer by itself, written over other numbers, in a network of another depth behind it.
            Parameters<double> whole = initializer.Create<double>(network, 11);
            var longer = new Network(6, [.. network.Layers, new Dense(4, Activation.Linear)]);
            var parts = new Parameters<double>(longer);
            parts.Weights[1][0].Fill(5);
            parts.Biases[1]![0].Fill(5);
            initializer.Fill(parts, 1, 11);
            Assert.Equal(Weights(whole, 1), Weights(parts, 1));
            Assert.All(parts.Biases[1]![0].ToArray(), b => Assert.Equal(0, b));
            Assert.All(parts.Weights[0].Padded.ToArray(), w => Assert.Equal(0, w));
        }

        Assert.Equal(
            Initializer.Uniform(1).Create<double>(network, 11).Weights[1][3, 7],
            2 * CounterRandom.Uniform(11, RandomPurpose.InitialWeights, 1, 3 * 20 + 7) - 1);
    }

    [Fact]
    public void Single_precision_weights_are_the_double_ones_rounded()
    {
        foreach (Initializer initializer in Initializer.All)
        {
            double[] exact = Weights(initializer.Create<double>(OneLayer(33, 21), 2));
            Assert.Equal(
                exact.Select(w => (float)w),
                Weights(initializer.Create<float>(OneLayer(33, 21), 2)).Select(w => (float)w));
        }
    }

    [Fact]
    public void Seeds_and_layers_give_different_weights()
    {
        var network = new Network(8, [new Dense(8, Activation.Tanh), new Dense(8, Activation.Tanh)]);
        foreach (Initializer initializer in Initializer.All.Where(initializer => !initializer.Equals(Initializer.Zeros)))
        {
            Parameters<double> parameters = initializer.Create<double>(network, 1);
            Assert.Empty(Weights(parameters).Intersect(Weights(parameters, 1)));
            Assert.Empty(Weights(parameters).Intersect(Weights(initializer.Create<double>(network, 2))));
        }

        Assert.All(Weights(Initializer.Zeros.Create<double>(network, 1)), w => Assert.Equal(0, w));
    }

    [Fact]
    public void Names_read_back_as_the_same_initializer()
    {
        foreach (Initializer initializer in Initializer.All)
            Assert.Equal(initializer, Initializer.Parse(initializer.Name));

        Assert.Equal(Initializer.Uniform(0.25), Initializer.Parse("uniform:range=0.25"));
        Assert.NotEqual(Initializer.Uniform(0.25), Initializer.Uniform(0.5));
    }

    [Theory]
    [InlineData("ones", "known are glorot-uniform, glorot-normal, he-uniform")]
    [InlineData("uniform:range=0", "range")]
    [InlineData("normal:deviation=-1", "deviation")]
    [InlineData("he-normal:gain=2", "no parameters")]
    public void Refuses_what_means_nothing(string text, string said) => Assert.Contains(
        said, Assert.Throws<ArgumentException>(() => Initializer.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("relu", "he-normal")]
    [InlineData("leaky-relu:slope=0.2", "he-normal")]
    [InlineData("gelu", "he-normal")]
    [InlineData("selu", "lecun-normal")]
    [InlineData("tanh", "glorot-uniform")]
    [InlineData("logistic", "glorot-uniform")]
    [InlineData("linear", "glorot-uniform")]
    public void Each_activation_has_its_default(string activation, string initializer) =>
        Assert.Equal(initializer, Initializer.DefaultFor(Activation.Parse(activation)).Name);

    static Network OneLayer(int inputs, int outputs) => new(inputs, [new Dense(outputs, Activation.Tanh)]);

    static double[] Weights<T>(Parameters<T> parameters, int layer = 0)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> w = parameters.Weights[layer];
        return [.. Enumerable.Range(0, w.Rows).SelectMany(i => w[i].ToArray()).Select(double.CreateChecked)];
    }
}
