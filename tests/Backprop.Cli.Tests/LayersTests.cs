namespace Backprop.Cli.Tests;

/// <summary>Kinds of layers, an order of rows and factors of tensors, as people type them.</summary>
public sealed class LayersTests : IDisposable
{
    static readonly string[] s_train = ["train", "sample:iris", "--target", "species", "--epochs", "3", "--seed", "3"];

    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Parameters_belong_to_the_layer_before_them_and_the_recipe_says_all()
    {
        string printed = Recipe(
            "--layers", "64*relu, batchnorm:momentum=0.2,epsilon=1e-3 ,dropout:rate=0.2,8,layernorm", "--activation", "tanh");
        Assert.Contains(
            """
                "hidden": [
                  "64*relu",
                  "batchnorm:momentum=0.2,epsilon=0.001",
                  "dropout:rate=0.2",
                  "8*tanh",
                  "layernorm"
                ],
            """, printed, StringComparison.Ordinal);
        Assert.Contains(
            """
                "initializers": [
                  "he-normal",
                  "glorot-uniform",
                  "glorot-uniform"
                ]
            """, printed, StringComparison.Ordinal);
        _command.Write("r.json", printed);
        Assert.Equal(printed, _command.Run("train", "sample:iris", "--recipe", "r.json", "--print-recipe").Succeeded().Output);
    }

    [Fact]
    public void What_is_usual_is_not_in_the_recipe()
    {
        string plain = Recipe();
        Assert.Equal(
            plain,
            Recipe(
                "--order", "full", "--learning-rate-factors", "none", "--decay-factors", "none", "--layers", "128*relu,64*relu"));
        Assert.DoesNotContain("\"order\"", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("Factors", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_and_factors_are_in_the_recipe()
    {
        string printed = Recipe(
            "--shards", "4", "--order", "striped", "--optimizer", "adamw",
            "--learning-rate-factors", "layer1.weights=0.5,bias=0.1",
            "--decay-factors", "bias=1");
        Assert.Contains("    \"shards\": 4,\n    \"order\": \"striped\",\n", printed, StringComparison.Ordinal);
        Assert.Contains(
            "    \"learningRateFactors\": {\n      \"bias\": 0.1,\n      \"layer1.weights\": 0.5\n    },\n",
            printed,
            StringComparison.Ordinal);
        Assert.Contains("    \"decayFactors\": {\n      \"bias\": 1\n    },\n", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_of_dropout_has_the_bits_of_the_flag()
    {
        string flag = Hash("--layers", "9,7", "--dropout", "0.2");
        Assert.Equal(flag, Hash("--layers", "9,dropout:rate=0.2,7,dropout:rate=0.2"));
        Assert.NotEqual(flag, Hash("--layers", "9,dropout:rate=0.2,7"));
        Assert.NotEqual(Hash("--layers", "9"), Hash("--layers", "dropout:rate=0.2,9"));
    }

    [Fact]
    public void A_striped_order_has_bits_of_its_own_and_is_reproduced()
    {
        string[] train = ["--layers", "6", "--shards", "3", "--batch", "20"];
        Assert.NotEqual(Hash(train), Hash([.. train, "--order", "striped"]));
        Assert.Equal(
            Hash([.. train, "--order", "striped", "--threads", "1"]), Hash([.. train, "--order", "striped", "--threads", "3"]));
        _command.Run([.. s_train, .. train, "--order", "striped", "--out", "m.onnx"]).Succeeded();
        Assert.StartsWith(
            "REPRODUCED", _command.Run("reproduce", "m.onnx", "sample:iris").Succeeded().Output, StringComparison.Ordinal);
        CommandResult other = _command.Run("reproduce", "m.onnx", "sample:iris", "--order", "full");
        Assert.Equal(
            (1, "DIFFERS in the recipe: training.order is \"striped\" there and not here.\n"), (other.ExitCode, other.Output));
        Assert.Contains("\"order\": \"striped\"", _command.Run("info", "m.onnx").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Factors_are_trained_with_and_reproduced()
    {
        string[] factors =
            ["--optimizer", "adamw", "--learning-rate-factors", "weights=0.5,layer2.bias=0", "--decay-factors", "bias=1"];
        Assert.NotEqual(Hash("--optimizer", "adamw"), Hash(factors));
        _command.Run([.. s_train, .. factors, "--out", "m.onnx"]).Succeeded();
        Assert.StartsWith(
            "REPRODUCED", _command.Run("reproduce", "m.onnx", "sample:iris").Succeeded().Output, StringComparison.Ordinal);
        CommandResult other = _command.Run(
            "reproduce", "m.onnx", "sample:iris", "--learning-rate-factors", "weights=0.25,layer2.bias=0");
        Assert.Equal(
            (1, "DIFFERS in the recipe: training.learningRateFactors.weights is 0.5 there and 0.25 here.\n"),
            (other.ExitCode, other.Output));
    }

    [Fact]
    public void All_kinds_train_predict_and_are_reproduced()
    {
        string[] train = ["train", "sample:penguins", "--target", "species", "--epochs", "3", "--layers",
            "scale,embed:width=3,16,batchnorm:momentum=0.2,dropout:rate=0.2,8*tanh,layernorm"];
        CommandResult trained = _command.Run([.. train, "--out", "m.onnx"]).Succeeded();
        Assert.Contains(
            "6 columns (4 of numbers, 2 of categories) as 8 features and 2 codes.", trained.Error, StringComparison.Ordinal);
        Assert.Contains(
            "Network: 8 → scale → embed(4*3, 5*3) → 16*relu → batchnorm:momentum=0.2 → dropout:rate=0.2 → 8*tanh → layernorm → "
            + "3*linear → softmax,",
            trained.Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "REPRODUCED", _command.Run("reproduce", "m.onnx", "sample:penguins").Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(
            345,
            _command.Run("predict", "m.onnx", "sample:penguins").Succeeded()
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        byte[] first = File.ReadAllBytes(_command["m.onnx"]);
        _command.Run([.. train, "--threads", "3", "--out", "m.onnx"]).Succeeded();
        Assert.Equal(first, File.ReadAllBytes(_command["m.onnx"]));
    }

    [Theory]
    [InlineData("Unknown layer 'batchnrm'; did you mean batchnorm? Known are batchnorm, layernorm,", "--layers", "8,batchnrm")]
    [InlineData("The layer dropout needs its rate: dropout:rate=0.2.", "--layers", "8,dropout")]
    [InlineData("The layer 'relu' does not say how many neurons it has; write 64*relu.", "--layers", "relu")]
    [InlineData("There is no layer 'softmax': it is an output, for classes", "--layers", "8,softmax")]
    [InlineData(
        "The layer 'batchnorm' has no parameter 'rate'; it has momentum, epsilon.",
        "--layers",
        "8,batchnorm:momentum=0.2,rate=1")]
    [InlineData("The layers say themselves where dropout is", "--layers", "8,dropout:rate=0.1", "--dropout", "0.1")]
    [InlineData(
        "There is 1 hidden layer without an activation of its own, but 2 activations", "--layers", "8*relu,4",
        "--activation", "tanh,relu")]
    [InlineData("--order is full or striped, not 'strips'.", "--order", "strips")]
    [InlineData(
        "There is no tensor 'biases' for a learning-rate factor; did you mean bias? There are weights, bias, layer1.weights,",
        "--learning-rate-factors",
        "biases=1")]
    [InlineData(
        "'bias' in --learning-rate-factors is not of the form tensor=number, such as bias=0.1.",
        "--learning-rate-factors",
        "bias")]
    [InlineData("--decay-factors gives 'bias' twice.", "--decay-factors", "bias=1,bias=2")]
    [InlineData("The factor of bias must be 0 or a positive number, not -1.", "--learning-rate-factors", "bias=-1")]
    [InlineData("Decay factors multiply the weight decay, and there is none.", "--decay-factors", "bias=1")]
    [InlineData("There is no flag --batchnorm; did you mean --layers 64,batchnorm?", "--batchnorm")]
    public void Wrong_use_is_one_sentence(string sentence, params string[] flags)
    {
        CommandResult result = _command.Run([.. s_train, .. flags]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Sentence, StringComparison.Ordinal);
    }

    string Recipe(params string[] flags) => _command.Run([.. s_train, .. flags, "--print-recipe"]).Succeeded().Output;

    string Hash(params string[] flags) =>
        _command.Run([.. s_train, .. flags, "--json"]).Succeeded().Json.GetProperty("parameterHash").GetString()!;
}
