using Xunit;

namespace Backprop.Engine.Tests;

public sealed class ParametersTests
{
    static readonly Dense s_hidden = new(3, Activation.Tanh);
    static readonly Dense s_output = new(2, Activation.Linear);
    static readonly Network s_network = new(4, s_hidden, s_output, new Softmax());
    static readonly Network s_dropping = new(4, s_hidden, new Dropout(0.5), s_output, new Softmax());

    [Fact]
    public void As_another_network_they_are_the_same_numbers()
    {
        Parameters<float> parameters = Sample.Parameters<float>(s_dropping, 1);
        Parameters<float> others = parameters.As(s_network);
        Assert.Same(s_network, others.Network);
        Assert.Same(s_dropping, parameters.Network);
        Assert.Equal(parameters.Hash(), others.Hash());

        // No copy: a number written through one is read through the other.
        others.Weights[1][2, 1] = 7;
        Assert.Equal(7, parameters.Weights[1][2, 1]);
        parameters.Biases[0]![0, 2] = 8;
        Assert.Equal(8, others.Biases[0]![0, 2]);
        Assert.True(parameters.Buffer.Span == others.Buffer.Span);
    }

    /// <summary>Prediction takes either, and drops nothing.</summary>
    [Fact]
    public void As_another_network_they_predict()
    {
        Parameters<float> parameters = Sample.Parameters<float>(s_dropping, 1);
        Matrix<float> inputs = Sample.Matrix<float>(5, 4, 2);
        Matrix<float> expected = new Predictor<float>(parameters.As(s_network)).Predict(inputs);
        Matrix<float> actual = new Predictor<float>(parameters).Predict(inputs);
        for (int row = 0; row < 5; row++)
            Assert.Equal(expected[row].ToArray(), actual[row].ToArray());
        Assert.NotEqual(expected[0].ToArray(), expected[1].ToArray());
    }

    [Fact]
    public void As_a_network_of_other_tensors_they_are_refused()
    {
        var parameters = new Parameters<double>(s_network);
        Network other = new(4, new Dense(3, Activation.Tanh, bias: false), s_output, new Softmax());
        Assert.StartsWith(
            "Parameters of 4 → 3*tanh → 2*linear → softmax do not fit 4 → 3*tanh (no bias) → 2*linear → softmax.",
            Assert.Throws<ArgumentException>(() => parameters.As(other)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => parameters.As(null!));
    }

    [Fact]
    public void Numbers_are_copied_between_networks_of_the_same_tensors_only()
    {
        Parameters<double> parameters = Sample.Parameters<double>(s_dropping, 1);
        var copy = new Parameters<double>(s_network);
        copy.CopyFrom(parameters);
        Assert.Equal(parameters.Hash(), copy.Hash());
        copy.Weights[0][0, 0]++;
        Assert.NotEqual(parameters.Hash(), copy.Hash(), StringComparer.Ordinal);
        Assert.Throws<ArgumentException>(() => copy.CopyFrom(new Parameters<double>(new Network(4, s_output))));
    }
}
