using System.Numerics;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>
/// Every kind of layer flows, is written as ONNX that means the same, and is described so that it can be read back.
/// </summary>
public sealed class LayerKindsTests
{
    const int Rows = 23;

    public static TheoryData<string> Names => LayerSamples.Names;

    [Fact]
    public void Every_kind_is_among_them() => Assert.Equal(
        typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract)
            .Select(type => type.Name).Order(StringComparer.Ordinal),
        LayerSamples.Networks.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_kind_is_listed_once() => Assert.All(
        LayerSamples.Networks.Values.SelectMany(network => network.Layers),
        layer => Assert.Single(LayerKinds.All, kind => kind.Is(layer)));

    [Fact]
    public void No_two_kinds_have_one_name()
    {
        Assert.Equal(LayerSamples.Networks.Count, LayerKinds.All.Length);
        Assert.Distinct(LayerKinds.All.Select(kind => kind.Name), StringComparer.Ordinal);
        Assert.Distinct(LayerKinds.All.Where(kind => kind.IsDescribed).Select(kind => kind.DescribedAs), StringComparer.Ordinal);
    }

    /// <summary>What a kind's file says of its numbers is what the layer has.</summary>
    [Fact]
    public void A_kind_that_is_said_by_its_numbers_is_made_of_them()
    {
        foreach (LayerKind kind in LayerKinds.All.Where(kind => kind.IsSaid))
        {
            string text = kind.Form.Replace("=P", "=0.25", StringComparison.Ordinal);
            Layer layer = HiddenLayer.Parse(text, bias: true, []).Layer!;
            Assert.True(kind.Is(layer));
            LayerSchema schema = kind.Describe(layer);
            Assert.Equal(kind.Settings.Select(setting => setting.Key), schema.Numbers?.Keys ?? Enumerable.Empty<string>());
            Assert.Equal(layer, kind.Read(schema, []));
            Assert.Equal(layer, HiddenLayer.Parse(layer.ToString()!, bias: true, []).Layer);
        }
    }

    /// <summary>A kind has a formula for each of its tensors, or a notation of its own.</summary>
    [Fact]
    public void A_formula_says_the_gradient_of_every_tensor()
    {
        foreach (Network network in LayerSamples.Networks.Values)
        {
            for (int k = 0; k < network.Layers.Length; k++)
            {
                string[] tensors = [.. network.Layout.Tensors.Where(tensor => tensor.Layer == k).Select(tensor => tensor.Name)];
                var symbols = new LayerSymbols("X", "E", [.. tensors]);
                if (LayerKinds.Of(network.Layers[k]).Formula(network.Layers[k], symbols) is { } formula)
                    Assert.Equal(tensors.Length, formula.Gradients.Length);
            }
        }
    }

    [Fact]
    public void Every_network_has_the_kind_that_it_is_for() =>
        Assert.All(LayerSamples.Networks, pair => Assert.Contains(pair.Value.Layers, layer => layer.GetType().Name == pair.Key));

    [Theory]
    [MemberData(nameof(Names))]
    public void ONNX_Runtime_gives_the_outputs_of_the_engine_in_single_precision(string name) => CheckOutputs<float>(name, 1e-5);

    [Theory]
    [MemberData(nameof(Names))]
    public void ONNX_Runtime_gives_the_outputs_of_the_engine_in_double_precision(string name) =>
        CheckOutputs<double>(name, 1e-12);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_gives_back_network_and_numbers_in_single_precision(string name) => CheckRoundTrip<float>(name);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_gives_back_network_and_numbers_in_double_precision(string name) => CheckRoundTrip<double>(name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Errors_flow_back_and_make_a_gradient(string name)
    {
        Network network = LayerSamples.Networks[name];
        Parameters<double> parameters = LayerSamples.Parameters<double>(network);
        var gradient = new Parameters<double>(network);
        var workspace = new Workspace<double>(network, Rows);
        workspace.Load(new Examples<double>(
            LayerSamples.Inputs<double>(Rows, network.Inputs), new Matrix<double>(Rows, network.Outputs),
            codes: LayerSamples.Codes(network, Rows)));
        new ValueFlow<double>(network).Learn(parameters, workspace);
        _ = new ErrorFlow<double>(network, Loss.Squared).Run(parameters, workspace, gradient);
        foreach ((Tensor tensor, Matrix<double> numbers) in network.Layout.Tensors.Zip(gradient.Tensors))
            Assert.Equal(tensor.Role != TensorRole.Statistic, numbers[0].ContainsAnyExcept(0.0));
    }

    static void CheckOutputs<T>(string name, double bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = LayerSamples.Networks[name];
        OnnxModel<T> model = LayerSamples.Model<T>(network);
        Matrix<T> inputs = LayerSamples.Inputs<T>(Rows, network.Inputs);
        CodeMatrix? codes = LayerSamples.Codes(network, Rows);
        Matrix<T> expected = new Predictor<T>(model.Parameters).Predict(inputs, codes);
        T[] flat = [.. Enumerable.Range(0, Rows).SelectMany(row => inputs[row].ToArray())];
        var named = new Dictionary<string, object>(StringComparer.Ordinal) { ["input"] = flat };
        if (codes is not null)
            named["codes"] = Enumerable.Range(0, Rows).SelectMany(row => codes[row].ToArray())
                .Select(code => (long)code).ToArray();
        var outputs = OnnxRuntime.Run(new OnnxRuntime.Job(OnnxWriter.Write(model), named, Rows))[0];
        Assert.Equal(typeof(T), outputs["output"].Type);
        double[] actual = outputs["output"].Numbers;
        for (int i = 0; i < actual.Length; i++)
        {
            double number = double.CreateChecked(expected[i / network.Outputs, i % network.Outputs]);
            Assert.InRange(
                actual[i], number - bound * Math.Max(1, Math.Abs(number)), number + bound * Math.Max(1, Math.Abs(number)));
        }
    }

    static void CheckRoundTrip<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = LayerSamples.Networks[name];
        OnnxModel<T> model = LayerSamples.Model<T>(network);
        byte[] bytes = OnnxWriter.Write(model);
        OnnxModel<T> read = OnnxFile.Parse(bytes, "m.onnx").ReadModel<T>();
        Assert.Equal(network.WithoutDropout, read.Parameters.Network);
        Assert.Equal(model.Parameters.Hash(), read.Parameters.Hash());
        Assert.Equal(bytes, OnnxWriter.Write(read));
    }
}
