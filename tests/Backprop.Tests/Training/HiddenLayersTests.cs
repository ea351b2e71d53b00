using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>Hidden layers of several kinds, from what is asked to the network.</summary>
public sealed class HiddenLayersTests
{
    public static TheoryData<LayerSpec[]?, string[]?, string[]> Shapes { get; } = new()
    {
        // layers, activations → hidden
        { [6, "batchnorm", 4], ["tanh"], ["6*tanh", "batchnorm", "4*tanh"] },
        { ["6*gelu", 4, "layernorm", 3], ["tanh", "relu"], ["6*gelu", "4*tanh", "layernorm", "3*relu"] },
        { ["scale", 6, "dropout:rate=0.25"], null, ["scale", "6*relu", "dropout:rate=0.25"] },
        { ["6*gelu", "4*sine"], ["tanh"], ["6*gelu", "4*sine"] },
        { ["dropout:rate=0.5"], null, ["dropout:rate=0.5"] },
        { ["batchnorm"], ["tanh"], ["batchnorm"] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Widths_take_the_activations_that_other_layers_do_not_have(
        LayerSpec[]? layers, string[]? activations, string[] expected)
    {
        Recipe recipe = Resolve(new TrainOptions { Layers = layers, Activations = activations });
        Assert.Equal(expected, recipe.Network.Hidden);
        Assert.Equal(expected.Count(HiddenLayer.HasNeurons) + 1, recipe.Network.Initializers.Count);

        // The recipe says it all again, by itself and through its text.
        Assert.Equal(recipe.ToJson(), Resolve(new TrainOptions { Recipe = recipe }).ToJson());
        Assert.Equal(recipe.ToJson(), Recipe.FromJson(recipe.ToJson()).ToJson());
    }

    [Fact]
    public void Activations_over_a_recipe_leave_its_other_layers_where_they_are()
    {
        Recipe recipe = Resolve(new TrainOptions { Layers = ["6*tanh", "batchnorm", "4*relu"] });
        Assert.Equal(
            ["6*gelu", "batchnorm", "4*gelu"],
            Resolve(new TrainOptions { Recipe = recipe, Activations = ["gelu"] }).Network.Hidden);
        Assert.Equal(
            ["5*tanh", "layernorm", "3*relu"],
            Resolve(new TrainOptions { Recipe = recipe, Layers = [5, "layernorm", 3] }).Network.Hidden);
        Assert.Equal(["9*sine"], Resolve(new TrainOptions { Recipe = recipe, Layers = ["9*sine"] }).Network.Hidden);
    }

    [Fact]
    public void Dropout_is_behind_each_layer_of_neurons_or_where_the_layers_say()
    {
        Recipe all = Resolve(new TrainOptions { Layers = [6, "batchnorm", 4], Dropout = 0.25 });
        Assert.Equal(
            "2 → 6*relu → dropout:rate=0.25 → batchnorm → 4*relu → dropout:rate=0.25 → 1*linear", NetworkOf(all).ToString());
        Recipe said = Resolve(new TrainOptions { Layers = [6, "batchnorm", "dropout:rate=0.25", 4] });
        Assert.Equal("2 → 6*relu → batchnorm → dropout:rate=0.25 → 4*relu → 1*linear", NetworkOf(said).ToString());
        Assert.Equal(0, said.Training.Dropout);
        const string Twice =
            "The layers say themselves where dropout is, so --dropout would be a second one; leave out one of the two.";
        Assert.Equal(Twice, Refusal(new TrainOptions { Layers = [6, "dropout:rate=0.25", 4], Dropout = 0.5 }));
        Assert.Equal(Twice, Refusal(new TrainOptions { Recipe = said, Dropout = 0.5 }));
        Assert.Equal(Twice, Refusal(new TrainOptions { Recipe = all, Layers = [6, "dropout:rate=0.25", 4] }));
        Assert.Equal(
            ["6*relu", "dropout:rate=0.25", "4*relu"],
            Resolve(new TrainOptions { Recipe = all, Layers = [6, "dropout:rate=0.25", 4], Dropout = 0 }).Network.Hidden);
    }

    [Fact]
    public void An_entry_of_dropout_trains_the_bits_of_the_flag()
    {
        TrainOptions options = Samples.Short with { Layers = [9, 7], Dropout = 0.25 };
        TrainedModel flag = Model.Train(Samples.Iris(), "species", options);
        TrainedModel entries = Model.Train(
            Samples.Iris(),
            "species",
            options with { Dropout = null, Layers = [9, "dropout:rate=0.25", 7, "dropout:rate=0.25"] });
        Assert.Equal(flag.Model.ParameterHash, entries.Model.ParameterHash);
        TrainedModel one = Model.Train(
            Samples.Iris(), "species", options with { Dropout = null, Layers = [9, "dropout:rate=0.25", 7] });
        Assert.NotEqual(flag.Model.ParameterHash, one.Model.ParameterHash);
        Assert.True(one.Model.Reproduce(Samples.Iris()).IsReproduced);
    }

    [Fact]
    public void A_start_brings_its_layers_and_no_dropout()
    {
        Model model = Model.Train(Samples.Iris(), "species", Samples.Short with { Layers = [5, "dropout:rate=0.25"] }).Model;
        Recipe recipe = Model.Resolve(Samples.Iris(), ["species"], new TrainOptions { StartFrom = StartingPoint.Of(model) });
        Assert.Equal(["5*relu"], recipe.Network.Hidden);
    }

    [Fact]
    public void Embeddings_are_of_the_columns_of_categories_and_a_start_keeps_their_width()
    {
        TrainOptions options = Samples.Short with { Layers = ["scale", "embed:width=3", 6, "batchnorm", "layernorm"] };
        Model model = Model.Train(Samples.Penguins(), "species", options).Model;
        Assert.Equal(
            "8 → scale → embed(4*3, 5*3) → 6*relu → batchnorm → layernorm → 3*linear → softmax", model.Network.ToString());
        Assert.True(model.Reproduce(Samples.Penguins()).IsReproduced);
        Recipe again = Model.Resolve(Samples.Penguins(), ["species"], new TrainOptions { StartFrom = StartingPoint.Of(model) });
        Assert.Equal(["scale", "embed:width=3", "6*relu", "batchnorm", "layernorm"], again.Network.Hidden);
        Assert.Equal(
            "The layer embed is for columns of categories, and there are none; leave it out.",
            Tabular.Refusal(() => Model.Resolve(Samples.Iris(), ["species"], new TrainOptions { Layers = ["embed", 6] })));

        Table words = Tabular.Csv("a,b,y\n"
            + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{"rgb"[i % 3]},{"xyz"[i % 7 % 3]},{"nm"[i % 3 % 2]}")));
        Assert.Equal(
            "0 → embed(4*2, 4*2) → 6*relu → 2*linear → softmax",
            Model.Train(words, "y", Samples.Short with { Layers = ["embed", 6] }).Model.Network.ToString());
    }

    [Fact]
    public void Every_layer_begins_as_it_should()
    {
        TrainOptions options = Samples.Short with
        {
            Layers = ["scale", "embed", 6, "batchnorm", "layernorm"],
            LearningRate = 1e-30,
        };
        Parameters<float> start = Model.Train(Samples.Penguins(), "species", options).Model.Core.ParametersAs<float>();
        foreach ((Tensor tensor, Matrix<float> numbers) in start.Network.Layout.Tensors.Zip(start.Tensors))
        {
            ReadOnlySpan<float> first = numbers[0];
            ReadOnlySpan<float> last = numbers[numbers.Rows - 1];
            switch (tensor.Role, tensor.Name)
            {
                case (TensorRole.Factor, _):
                    Assert.Equal(-1, first.IndexOfAnyExcept(1));
                    break;
                case (TensorRole.Bias, _):
                    Assert.True(first.ContainsAnyInRange(-1e-20f, 1e-20f));
                    break;
                case (TensorRole.Weight, "table1" or "table2"):
                    Assert.DoesNotContain(0, first.ToArray());
                    Assert.Equal(-1, last.IndexOfAnyExcept(0));
                    break;
                case (TensorRole.Weight, _):
                    Assert.DoesNotContain(0, first.ToArray());
                    break;
                default:
                    Assert.True(tensor.Name is "mean" or "variance");
                    break;
            }
        }
    }

    public static TheoryData<LayerSpec[], string[]?, string> Refusals { get; } = new()
    {
        {
            ["6*tanh", 5, 4], ["relu", "relu", "relu"],
            "There are 2 hidden layers without activations of their own, but 3 activations; give one for all or one for each."
        },
        {
            [5, "rely"], null,
            "Unknown layer 'rely'; known are batchnorm, layernorm, dropout, scale, embed; neurons are their number, such as 64 "
            + "or 64*relu."
        },
        { [default], null, "'' is not a width; write widths of 1 or more, such as 64 or 64*relu." },
        {
            [-3], null,
            "Unknown layer '-3'; known are batchnorm, layernorm, dropout, scale, embed; neurons are their number, such as 64 or "
            + "64*relu."
        },
        {
            ["dropout:rate=0.1", "dropout:rate=0.1"], null,
            "Dropout stands before a layer that computes with what is left of its values."
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses_in_a_sentence_what_does_not_fit_together(LayerSpec[] layers, string[]? activations, string sentence) =>
        Assert.Equal(sentence, Refusal(new TrainOptions { Layers = layers, Activations = activations }));

    [Theory]
    [InlineData("There is one layer embed, for the categories of all columns.", "embed", "embed", "6")]
    [InlineData("The layer embed comes first, or behind scale as the first: embed,64 or scale,embed,64.", "6", "embed")]
    [InlineData("The layer embed comes first, or behind scale as the first: embed,64 or scale,embed,64.", "scale", "6", "embed")]
    [InlineData(null, "embed", "6")]
    [InlineData(null, "scale", "embed:width=4", "6")]
    public void Embeddings_come_first(string? sentence, params string[] layers)
    {
        var options = new TrainOptions { Layers = [.. layers.Select(text => new LayerSpec(text))] };
        if (sentence is null)
            Assert.Equal(layers.Length, HiddenLayers.Resolve(options, null, bias: true).Length);
        else
            Assert.Equal(
                sentence, Assert.Throws<ArgumentException>(() => HiddenLayers.Resolve(options, null, bias: true)).Message);
    }

    [Fact]
    public void A_recipe_says_the_activation_of_each_layer()
    {
        Recipe recipe = Resolve(new TrainOptions { Layers = [6] });
        Recipe open = recipe with { Network = recipe.Network with { Hidden = ["6"] } };
        Assert.Equal(
            "The layer '6' of the recipe does not say its activation; write 6*relu.",
            Refusal(new TrainOptions { Recipe = open }));
        Assert.Equal(["6*tanh"], Resolve(new TrainOptions { Recipe = open, Activations = ["tanh"] }).Network.Hidden);
    }

    [Fact]
    public void A_recipe_has_an_initializer_for_each_layer_of_neurons()
    {
        string json = Resolve(new TrainOptions { Layers = [6, "batchnorm", 4] }).ToJson();
        Assert.Equal(
            "the recipe is not a recipe: network.initializers must be 2, one for each hidden layer and one for the output, or "
            + "only 'from-model'.",
            Tabular.Refusal(() => Recipe.FromJson(json.Replace("\"4*relu\"", "\"scale\"", StringComparison.Ordinal))));
    }

    [Fact]
    public void Order_and_factors_are_taken_over_and_can_be_taken_back()
    {
        var factors = new Dictionary<string, double>(StringComparer.Ordinal) { ["layer1.weights"] = 0.5, ["bias"] = 0.25 };
        Recipe recipe = Resolve(new TrainOptions
        {
            Order = RowOrder.Striped,
            Shards = 2,
            WeightDecay = 0.125,
            LearningRateFactors = factors,
            DecayFactors = factors,
        });
        Assert.Equal(["bias", "layer1.weights"], recipe.Training.LearningRateFactors.Keys);
        TrainingRecipe again = Resolve(new TrainOptions { Recipe = Recipe.FromJson(recipe.ToJson()) }).Training;
        Assert.Equal(RowOrder.Striped, again.Order);
        Assert.Equal((0.25, 0.5), (again.LearningRateFactors["bias"], again.DecayFactors["layer1.weights"]));
        var none = new Dictionary<string, double>(StringComparer.Ordinal);
        Recipe plain = Resolve(new TrainOptions
        {
            Recipe = recipe,
            Order = RowOrder.Full,
            LearningRateFactors = none,
            DecayFactors = none,
        });
        Assert.DoesNotContain("\"order\"", plain.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("Factors", plain.ToJson(), StringComparison.Ordinal);
        Assert.Equal("training.order is \"striped\" there and not here", RecipeDifference.Of(recipe, recipe with
        {
            Training = recipe.Training with { Order = RowOrder.Full },
        }));
    }

    [Fact]
    public void Factors_change_what_is_trained_and_a_factor_of_nothing_freezes()
    {
        TrainOptions options = Samples.Short with { Layers = [6] };
        Model plain = Model.Train(Samples.Iris(), "species", options).Model;
        Model frozen = Model.Train(
            Samples.Iris(), "species", options with { LearningRateFactors = Of("layer1.weights", 0) }).Model;
        Parameters<float> start = Model.Train(
            Samples.Iris(), "species", options with { LearningRate = 1e-30 }).Model.Core.ParametersAs<float>();
        Parameters<float> trained = frozen.Core.ParametersAs<float>();
        for (int row = 0; row < start.Weights[0].Rows; row++)
            Assert.Equal(start.Weights[0][row].ToArray(), trained.Weights[0][row].ToArray());
        Assert.NotEqual(start.Weights[1][0].ToArray(), trained.Weights[1][0].ToArray());
        Assert.NotEqual(plain.ParameterHash, frozen.ParameterHash);
        Assert.True(frozen.Reproduce(Samples.Iris()).IsReproduced);
        Assert.StartsWith(
            "There is no tensor 'factors' for a learning-rate factor.",
            Refusal(new TrainOptions { LearningRateFactors = Of("factors", 6) }),
            StringComparison.Ordinal);

        static Dictionary<string, double> Of(string tensor, double factor) => new(StringComparer.Ordinal) { [tensor] = factor };
    }

    static Recipe Resolve(TrainOptions options) => Model.Resolve(ATable(), ["n"], options);

    static string Refusal(TrainOptions options) => Tabular.Refusal(() => Resolve(options));

    static Network NetworkOf(Recipe recipe) => RecipeResolver.ToNetwork(recipe, 2, 1, []);

    static Table ATable() =>
        Tabular.Csv(
            "x,y,n\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i * 7 % 31}.5,{i * 11 % 29}.25,{i % 13}.75")));
}
