using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Which layers make a network, and which do not.</summary>
public sealed class NetworkTests
{
    static readonly Dense s_hidden = new(3, Activation.Tanh);
    static readonly Dense s_output = new(2, Activation.Linear);

    static readonly Dictionary<string, (string Sentence, Layer[] Layers)> s_refusals = new(StringComparer.Ordinal)
    {
        ["no layer"] = ("A network needs at least one layer.", []),
        ["softmax alone"] = ("A network needs at least one layer.", [new Softmax()]),
        ["dropout and softmax alone"] = ("A network needs at least one layer.", [new Dropout(0.1), new Softmax()]),
        ["softmax before a layer"] = (
            "Softmax makes the network's outputs, so no 2*linear can follow it.", [s_output, new Softmax(), s_output]),
        ["softmax first"] = ("Softmax makes the network's outputs, so no 2*linear can follow it.", [new Softmax(), s_output]),
        ["softmax twice"] = (
            "Softmax makes the network's outputs, so no softmax can follow it.", [s_output, new Softmax(), new Softmax()]),
        ["softmax before dropout"] = (
            "Softmax makes the network's outputs, so no dropout:rate=0.5 can follow it.",
            [s_output, new Softmax(), new Dropout(0.5)]),
        ["softmax after tanh"] = (
            "Softmax takes the last layer's total inputs, so that layer must be linear, not 3*tanh.", [s_hidden, new Softmax()]),
        ["softmax after some tanh"] = (
            "Softmax takes the last layer's total inputs, so that layer must be linear, not 1*linear+1*tanh.",
            [new Dense([new(Activation.Linear, 1), new(Activation.Tanh, 1)]), new Softmax()]),
        ["dropout before softmax"] = (
            "Dropout stands before a layer that computes with what is left of its values.",
            [s_output, new Dropout(0.1), new Softmax()]),
        ["dropout last"] = (
            "Dropout stands before a layer that computes with what is left of its values.", [s_output, new Dropout(0.1)]),
        ["dropout twice in a row"] = (
            "Dropout stands before a layer that computes with what is left of its values.",
            [s_hidden, new Dropout(0.1), new Dropout(0.2), s_output]),
    };

    public static TheoryData<string> Refusals => [.. s_refusals.Keys];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses_layers_that_make_no_network(string kind)
    {
        (string sentence, Layer[] layers) = s_refusals[kind];
        string message = Assert.Throws<ArgumentException>(() => new Network(4, layers)).Message;
        Assert.StartsWith(sentence, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_numbered_layers_than_can_be_but_counts_no_dropout()
    {
        Layer one = new Dense(1, Activation.Linear), dropout = new Dropout(0.1);
        IEnumerable<Layer> most = Enumerable.Repeat((Layer[])[one, dropout], Network.MaximumDepth - 1).SelectMany(pair => pair);
        Assert.Equal(Network.MaximumDepth, new Network(1, [.. most, one]).Layout.Depth);
        Assert.StartsWith(
            "A network has at most 1024 layers, not 1025.",
            Assert.Throws<ArgumentException>(() => new Network(1, [.. most, one, one])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Network.MaximumWidth + 1)]
    public void Refuses_a_number_of_inputs_that_no_network_has(int inputs) => Assert.Contains(
        $"not {inputs}.", Assert.Throws<ArgumentOutOfRangeException>(() => new Network(inputs, s_output)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "1")]
    [InlineData(1.5, "1.5")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Refuses_a_dropout_that_is_no_probability_below_1(double rate, string text) => Assert.StartsWith(
        $"Dropout must be from 0 to below 1; it is {text}.",
        Assert.Throws<ArgumentException>(() => new Dropout(rate)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_layer_says_how_many_values_flow_through_it()
    {
        Network network = new(4, new Dropout(0.1), s_hidden, new Dropout(0.25), s_output, new Softmax());
        Assert.Equal([4, 4, 3, 3, 2], Enumerable.Range(0, 5).Select(network.InputsOf));
        Assert.Equal([4, 3, 3, 2, 2], Enumerable.Range(0, 5).Select(network.OutputsOf));
        Assert.Equal(2, network.Outputs);
        Assert.True(network.HasSoftmax);
        Assert.False(new Network(4, s_hidden, s_output).HasSoftmax);
        Assert.Equal("4 → dropout:rate=0.1 → 3*tanh → dropout:rate=0.25 → 2*linear → softmax", network.ToString());
    }

    [Fact]
    public void Networks_of_equal_layers_are_equal()
    {
        Network network = new(4, s_hidden, new Dropout(0.25), s_output, new Softmax());
        Network same = new(4, new Dense(3, Activation.Tanh), new Dropout(0.25), new Dense(2, Activation.Linear), new Softmax());
        Assert.Equal(same, network);
        Assert.Equal(same.GetHashCode(), network.GetHashCode());
        Assert.NotEqual(new Network(4, s_hidden, new Dropout(0.5), s_output, new Softmax()), network);
        Assert.NotEqual(new Network(4, s_hidden, s_output, new Softmax()), network);
        Assert.NotEqual(new Network(4, s_hidden, new Dropout(0.25), s_output), network);
        Assert.NotEqual(new Network(5, s_hidden, new Dropout(0.25), s_output, new Softmax()), network);
    }
}
