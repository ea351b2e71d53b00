using Backprop.Engine;
using Backprop.Onnx.Proto;
using Google.Protobuf;
using Xunit;

namespace Backprop.Tests;

/// <summary>Layers in the description of a model, and descriptions that lie.</summary>
public sealed class LayerSchemaTests
{
    [Fact]
    public void Only_layers_that_are_not_dense_say_their_kind()
    {
        Network network = new(
            3, new BatchNorm(0.25, 1e-3), new Dense(2, Activation.Tanh), new LayerNorm(), new Dropout(0.5), new Scale());
        Assert.Contains(
            """
            "layers":[{"kind":"batchnorm","momentum":0.25,"epsilon":0.001},{"activations":[{"name":"tanh","count":2}],
            """
            + """
            "bias":true},{"kind":"layernorm","epsilon":1E-05},{"kind":"scale"}],"link"
            """,
            ModelSchema.Of(LayerSamples.Model<float>(network)).ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "\"kind\":\"batchnorm\",",
        "\"kind\":\"groupnorm\",",
        "describes no usable model: The layer kind 'groupnorm' is unknown.")]
    [InlineData("\"kind\":\"batchnorm\",", "", "describes no usable model: A layer does not say its activations.")]
    [InlineData(",\"bias\":false", "", "describes no usable model: A layer does not say its bias.")]
    [InlineData("\"momentum\":0.25,", "", "describes no usable model: A layer does not say its momentum.")]
    [InlineData("\"momentum\":0.25", "\"momentum\":null", "describes no usable model: A layer does not say its momentum.")]
    [InlineData(
        "\"momentum\":0.25",
        "\"momentum\":1.5",
        "describes no usable model: The momentum of batchnorm is above 0 and at most 1, not 1.5.")]
    [InlineData(
        "\"epsilon\":0.001",
        "\"epsilon\":-1",
        "describes no usable model: The epsilon of batchnorm is a positive number, not -1.")]
    [InlineData("\"epsilon\":0.001", "\"epsilon\":0.002", "its graph is not the one that belongs to its description")]
    [InlineData(
        "\"epsilon\":0.001", "\"epsilon\":1e999", "describes no usable model: The epsilon of batchnorm is a positive number")]
    [InlineData(
        "\"epsilon\":0.001", "\"epsilon\":0.001,\"bias\":true", "its graph is not the one that belongs to its description")]
    [InlineData("\"epsilon\":0.001", "\"epsilon\":\"0.001\"", "has a damaged description in its metadata")]
    [InlineData("\"epsilon\":0.001", "\"epsilon\":[0.001]", "has a damaged description in its metadata")]
    [InlineData("\"epsilon\":0.001", "\"epsilon\":0.001,\"epsilon\":0.001", "has a damaged description in its metadata")]
    [InlineData("\"epsilon\":0.001", "\"epsilon\":0.001,\"rate\":null", "has a damaged description in its metadata")]
    [InlineData("\"epsilon\":0.001", "\"epsilon\":0.001,\"size\":1", "has a damaged description in its metadata")]
    [InlineData(
        "\"kind\":\"batchnorm\",", "\"kind\":\"dropout\",", "describes no usable model: The layer kind 'dropout' is unknown.")]
    [InlineData("\"batchnorm\"", "\"layernorm\"", "is damaged, or was changed after Backprop wrote it")]
    public void A_description_that_lies_is_refused(string text, string other, string sentence) => Assert.Contains(
        sentence, Refusal(proto =>
        {
            StringStringEntryProto schema = proto.MetadataProps.First(entry => entry.Key is "backprop.schema");
            int place = schema.Value.IndexOf(text, StringComparison.Ordinal);
            Assert.True(place >= 0, schema.Value);
            schema.Value = schema.Value[..place] + other + schema.Value[(place + text.Length)..];
        }), StringComparison.Ordinal);

    [Fact]
    public void A_variance_below_0_is_refused() => Assert.EndsWith(
        "was changed after Backprop wrote it: 'layer1.variance' has a number below 0.",
        Refusal(proto => proto.Graph.Initializer.First(tensor => tensor.Name is "layer1.variance").RawData =
            ByteString.CopyFrom([.. new float[] { 1, -1e-30f, 1 }.SelectMany(BitConverter.GetBytes)])),
        StringComparison.Ordinal);

    [Fact]
    public void Statistics_that_are_missing_are_refused() => Assert.Contains(
        "has no constant 'layer1.mean'",
        Refusal(proto => proto.Graph.Initializer.Remove(proto.Graph.Initializer.First(tensor => tensor.Name is "layer1.mean"))),
        StringComparison.Ordinal);

    static string Refusal(Action<ModelProto> change)
    {
        var proto = ModelProto.Parser.ParseFrom(
            OnnxWriter.Write(LayerSamples.Model<float>(LayerSamples.Networks[nameof(BatchNorm)])));
        change(proto);
        return Assert.Throws<BackpropException>(() => OnnxFile.Parse(proto.ToByteArray(), "m.onnx").ReadModel<float>()).Message;
    }
}
