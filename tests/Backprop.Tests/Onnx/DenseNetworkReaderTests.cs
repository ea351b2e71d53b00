using Backprop.Engine;
using Backprop.Onnx.Proto;
using Google.Protobuf;
using Xunit;

namespace Backprop.Tests;

public sealed class DenseNetworkReaderTests
{
    static readonly float[] s_inputs = [0, 0, 1, -1, 0.5f, 2, -3, 0.25f, 1.5f, -0.5f];

    [Fact]
    public void Reads_what_ONNX_Runtime_computes_for_a_network_made_elsewhere()
    {
        DenseNetwork network = Read(Foreign.Mixed());
        Assert.True(network.HasSoftmax);
        Assert.Equal([Activation.LeakyRelu(0.1), Activation.Linear], network.Layers.Select(layer => layer.Activation));
        Assert.Equal([0.25, 1, -0.375, -0.5, 0.125, 0.75], network.Layers[0].Weights);
        Assert.Equal([2, -4, 1], network.Layers[0].Bias!);
        CheckAgainstRuntime(Foreign.Mixed(), network);
    }

    [Theory]
    [InlineData("Relu", "relu")]
    [InlineData("Tanh", "tanh")]
    [InlineData("Sigmoid", "logistic")]
    [InlineData("LeakyRelu", "leaky-relu:slope=0.01")]
    [InlineData("Elu", "elu:alpha=1")]
    [InlineData("Selu", "selu")]
    [InlineData("Softplus", "softplus")]
    [InlineData("Softsign", "softsign")]
    [InlineData("Sin", "sine")]
    [InlineData("Exp", "exponential")]
    public void Reads_activations_as_ONNX_Runtime_computes_them(string operation, string activation)
    {
        byte[] file = Foreign.Model(
            Foreign.Constant("w", [2, 2], 1, 0.5f, -0.25f, 0.75f),
            Foreign.Node("MatMul", ["x", "w"], "u"),
            Foreign.Node(operation, ["u"], "y"));
        DenseNetwork network = Read(file);
        Assert.Equal(activation, network.Layers[0].Activation.Name);
        Assert.Null(network.Layers[0].Bias);
        CheckAgainstRuntime(file, network);
    }

    [Fact]
    public void Passes_over_what_reads_the_outputs_off()
    {
        DenseNetwork network = Read(Foreign.Model(
            Foreign.Constant("w", [2, 2], 1, 0.5f, -0.25f, 0.75f),
            Foreign.Node("MatMul", ["x", "w"], "u"),
            Foreign.Node("Softmax", ["u"], "p"),
            Foreign.Node("ArgMax", ["p"], "i", Foreign.Setting("axis", 1L)),
            Foreign.Node("Cast", ["i"], "y", Foreign.Setting("to", 1L))));
        Assert.Single(network.Layers);
    }

    public static TheoryData<string> Refusals => [.. s_refusals.Keys];

    static readonly NodeProto s_weights = Foreign.Constant("w", [2, 2], 1, 0.5f, -0.25f, 0.75f);

    static readonly Dictionary<string, Func<ModelProto>> s_refusals = new(StringComparer.Ordinal)
    {
        ["Conv"] = () => Foreign.Proto(s_weights, Foreign.Node("Conv", ["x", "w"], "y")),
        ["does not follow a layer"] = () => Foreign.Proto(Foreign.Node("Relu", ["x"], "y")),
        ["no layer"] = () => Foreign.Proto(Foreign.Node("Identity", ["x"], "y")),
        ["order that no dense layer has"] = () => Foreign.Proto(s_weights, Foreign.Node("MatMul", ["w", "x"], "y")),
        ["several operators"] = () => Foreign.Proto(
            s_weights, Foreign.Node("MatMul", ["x", "w"], "u"), Foreign.Node("Sigmoid", ["u"], "s"),
            Foreign.Node("Mul", ["u", "s"], "y")),
        ["twice"] = () => Foreign.Proto(
            s_weights, Foreign.Node("MatMul", ["x", "w"], "u"), Foreign.Node("MatMul", ["u", "w"], "y")),
        ["gives 2 values"] = () => Foreign.Proto(
            s_weights, Foreign.Constant("v", [1, 2], 1, 2), Foreign.Node("MatMul", ["x", "w"], "u"),
            Foreign.Node("MatMul", ["u", "v"], "y")),
        ["not a matrix"] = () => Foreign.Proto(Foreign.Constant("v", [2], 1, 2), Foreign.Node("MatMul", ["x", "v"], "y")),
        ["fewer or more numbers"] = () => Foreign.Proto(
            Foreign.Constant("v", [2, 2], 1, 2, 3), Foreign.Node("MatMul", ["x", "v"], "y")),
        ["shape that no layer has"] = () => Foreign.Proto(
            Foreign.Constant("v", [-2, 2], 1, 2, 3), Foreign.Node("MatMul", ["x", "v"], "y")),
        ["not finite"] = () => Foreign.Proto(
            Foreign.Constant("v", [2, 1], 1, float.PositiveInfinity), Foreign.Node("MatMul", ["x", "v"], "y")),
        ["does not fit"] = () => Foreign.Proto(
            s_weights, Foreign.Constant("b", [3], 1, 2, 3), Foreign.Node("MatMul", ["x", "w"], "u"),
            Foreign.Node("Add", ["u", "b"], "y")),
        ["something other than a bias"] = () => Foreign.Proto(
            s_weights, Foreign.Node("MatMul", ["x", "w"], "u"), Foreign.Node("Add", ["u", "u"], "y")),
        ["after Softmax"] = () => Foreign.Proto(
            s_weights, Foreign.Node("MatMul", ["x", "w"], "u"), Foreign.Node("Softmax", ["u"], "p"),
            Foreign.Node("Log", ["p"], "y")),
        ["not on the way"] = () => Foreign.Proto(
            s_weights, Foreign.Node("MatMul", ["x", "w"], "y"), Foreign.Node("Relu", ["elsewhere"], "z")),
        ["2 inputs"] = () =>
        {
            ModelProto model = Foreign.Proto(s_weights, Foreign.Node("MatMul", ["x", "w"], "y"));
            model.Graph.Input.Add(new ValueInfoProto { Name = "more" });
            return model;
        },
        ["another file"] = () =>
        {
            ModelProto model = Foreign.Proto(s_weights.Clone(), Foreign.Node("MatMul", ["x", "w"], "y"));
            model.Graph.Node[0].Attribute[0].T.ExternalData.Add(
                new StringStringEntryProto { Key = "location", Value = "/etc/passwd" });
            return model;
        },
        ["transposes the values"] = () => Foreign.Proto(
            s_weights, Foreign.Node("Gemm", ["x", "w"], "y", Foreign.Setting("transA", 1L))),
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses_other_networks_by_name(string reason)
    {
        byte[] file = s_refusals[reason]().ToByteArray();
        string message = Assert.Throws<BackpropException>(() => OnnxFile.Parse(file, "m.onnx").ReadNetwork()).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("m.onnx", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_made_elsewhere_is_no_model()
    {
        OnnxFile file = OnnxFile.Parse(Foreign.Mixed(), "m.onnx");
        Assert.False(file.IsBackpropModel);
        Assert.Contains(
            "Backprop did not write",
            Assert.Throws<BackpropException>(() => file.ReadModel<float>()).Message,
            StringComparison.Ordinal);
    }

    static DenseNetwork Read(byte[] file) => OnnxFile.Parse(file, "m.onnx").ReadNetwork();

    static void CheckAgainstRuntime(byte[] file, DenseNetwork network)
    {
        double[] expected = OnnxRuntime.Run(new OnnxRuntime.Job(
            file, new(StringComparer.Ordinal) { ["x"] = s_inputs }, s_inputs.Length / 2))[0]["y"].Numbers;
        double[] actual = SmallModels.Outputs(network.ToParameters<float>(), (ReadOnlySpan<float>)s_inputs);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.InRange(
                actual[i],
                expected[i] - 1e-6 * Math.Max(1, Math.Abs(expected[i])),
                expected[i] + 1e-6 * Math.Max(1, Math.Abs(expected[i])));
    }
}
