using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>Hidden layers as recipes and the command line write them.</summary>
public sealed class HiddenLayerTests
{
    [Theory]
    [InlineData("64", "64")]
    [InlineData(" 64*ReLU ", "64*relu")]
    [InlineData("8*tanh+8*tanh+4*relu", "16*tanh+4*relu")]
    [InlineData("4*elu", "4*elu:alpha=1")]
    [InlineData("batchnorm", "batchnorm")]
    [InlineData("BatchNorm1d:momentum=0.1,eps=1e-5", "batchnorm")]
    [InlineData("batch-norm:epsilon=1e-3,momentum=0.2", "batchnorm:momentum=0.2,epsilon=0.001")]
    [InlineData("layer_norm:epsilon=1e-3", "layernorm:epsilon=0.001")]
    [InlineData("LN", "layernorm")]
    [InlineData("dropout:rate=.25", "dropout:rate=0.25")]
    [InlineData("dropout:rate=0", "dropout:rate=0")]
    [InlineData("scale", "scale")]
    [InlineData("Embedding", "embed")]
    [InlineData("embed:width=8", "embed:width=8")]
    public void Reads_a_layer_and_writes_its_name(string typed, string text)
    {
        HiddenLayer layer = Parse(typed);
        Assert.Equal(text, layer.ToString());
        Assert.Equal(layer, Parse(text));
    }

    [Fact]
    public void A_layer_is_what_its_text_says()
    {
        Assert.Equal(new BatchNorm(0.2, 1e-3), Parse("batchnorm:momentum=0.2,epsilon=1e-3").Layer);
        Assert.Equal(new BatchNorm(), Parse("batchnorm").Layer);
        Assert.Equal(new LayerNorm(1e-3), Parse("layernorm:epsilon=1e-3").Layer);
        Assert.Equal(new Dropout(0.2), Parse("dropout:rate=0.2").Layer);
        Assert.Equal(new Engine.Scale(), Parse("scale").Layer);
        Assert.Equal(new EmbedSpec(8), Parse("embed:width=8").Embed);
        Assert.Equal(new EmbedSpec(null), Parse("embed").Embed);
        Assert.Equal((7, null, true), (Parse("7").Width, Parse("7").Layer, Parse("7").IsDense));
        Assert.Equal(new Dense(7, Activation.Tanh, bias: false), HiddenLayer.Parse("7*tanh", bias: false, []).Layer);
    }

    [Fact]
    public void Every_kind_of_layer_can_be_said()
    {
        string[] said =
        [
            .. HiddenLayer.Forms.Select(form => Parse(form.Replace("=P", "=0.2", StringComparison.Ordinal)))
                .Select(parsed => parsed.Layer?.GetType().Name ?? nameof(Embed)),
            nameof(Dense), nameof(Softmax),
        ];
        Assert.Equal(
            typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer))).Select(type => type.Name).Order(),
            said.Order());
    }

    [Theory]
    [InlineData("", "'' is not a width; write widths of 1 or more, such as 64 or 64*relu.")]
    [InlineData("0", "'0' is not a width; write widths of 1 or more, such as 64 or 64*relu.")]
    [InlineData("8x", "'8x' is not a width; write widths of 1 or more, such as 64 or 64*relu.")]
    [InlineData("8*tanh+relu", "'relu' in the layer '8*tanh+relu' is not of the form COUNT*ACTIVATION, such as 8*tanh+8*relu.")]
    [InlineData("relu", "The layer 'relu' does not say how many neurons it has; write 64*relu.")]
    [InlineData(
        "batchnrm",
        "Unknown layer 'batchnrm'; did you mean batchnorm? Known are batchnorm, layernorm, dropout, scale, embed; neurons are "
        + "their number, such as 64 or 64*relu.")]
    [InlineData(
        "zzz",
        "Unknown layer 'zzz'; known are batchnorm, layernorm, dropout, scale, embed; neurons are their number, such as 64 or "
        + "64*relu.")]
    [InlineData("dropout", "The layer dropout needs its rate: dropout:rate=0.2.")]
    [InlineData("dropout:rate=1", "rate of the layer 'dropout:rate=1' must be from 0 to below 1.")]
    [InlineData("batchnorm:momentum=0", "momentum of the layer 'batchnorm:momentum=0' must be above 0 and at most 1.")]
    [InlineData("batchnorm:momentum=1.5", "momentum of the layer 'batchnorm:momentum=1.5' must be above 0 and at most 1.")]
    [InlineData("layernorm:epsilon=0", "epsilon of the layer 'layernorm:epsilon=0' must be above 0.")]
    [InlineData("layernorm:momentum=1", "The layer 'layernorm' has no parameter 'momentum'; it has epsilon.")]
    [InlineData("scale:rate=1", "The layer 'scale' has no parameters, so 'rate' means nothing to it.")]
    [InlineData("embed:width=2.5", "width of the layer 'embed:width=2.5' must be a whole number.")]
    [InlineData("softmax", "There is no layer 'softmax': it is an output, for classes; say it with --output-activation softmax.")]
    public void Refuses_in_a_sentence_what_is_no_layer(string text, string sentence) =>
        Assert.Equal(sentence, Tabular.Refusal(() => UserMistake.Guard(() => Parse(text))));

    static HiddenLayer Parse(string text) => HiddenLayer.Parse(text, bias: true, []);
}
