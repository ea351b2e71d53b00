using Backprop.Engine;
using Xunit;
using static Backprop.Tests.ResolvedRecipe;

namespace Backprop.Tests;

/// <summary>What options, a recipe and defaults resolve to, in this order.</summary>
public sealed class RecipeResolverTests
{
    public static TheoryData<string, string?, string?, string, string> Pairs { get; } = new()
    {
        // target, loss asked, output asked → loss, output
        { ThreeClasses, null, null, "softmax-cross-entropy:smoothing=0.1", "softmax" },
        { TwoClasses, null, null, "softmax-cross-entropy", "softmax" },
        { ANumber, null, null, "squared", "linear" },
        { TwoClasses, null, "softmax", "softmax-cross-entropy", "softmax" },
        { TwoClasses, null, "logistic", "logistic-cross-entropy", "logistic" },
        { ThreeClasses, null, "logistic", "logistic-cross-entropy", "logistic" },
        { TwoClasses, "logistic-cross-entropy", null, "logistic-cross-entropy", "logistic" },
        { ThreeClasses, "softmax-cross-entropy", null, "softmax-cross-entropy", "softmax" },
        { TwoClasses, "squared", null, "squared", "softmax" },
        { TwoClasses, "squared", "logistic", "squared", "logistic" },
        { ANumber, "huber:delta=2", null, "huber:delta=2", "linear" },
        { ANumber, "quantile:q=0.9", null, "quantile:q=0.9", "linear" },
        { ANumber, "poisson", null, "poisson", "exponential" },
        { ANumber, "logistic-cross-entropy", null, "logistic-cross-entropy", "logistic" },
        { ANumber, null, "softplus", "squared", "softplus" },
        { ANumber, "absolute", "tanh", "absolute", "tanh" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Loss_and_output_choose_each_other(
        string target, string? loss, string? output, string expectedLoss, string expectedOutput)
    {
        var options = new TrainOptions { Loss = loss is null ? null : Loss.Parse(loss), OutputActivation = output };
        Recipe recipe = Resolve(target, options);
        Assert.Equal((expectedLoss, expectedOutput), (recipe.Training.Loss, recipe.Network.Output));

        // A recipe that says so, and nothing else, says the same again.
        Assert.Equal(recipe.ToJson(), Resolve(target, new TrainOptions { Recipe = recipe }).ToJson());
    }

    [Fact]
    public void Every_loss_finds_an_output_that_it_goes_with()
    {
        foreach (Loss loss in Loss.All)
        {
            string target = loss.Kind == LossKind.Softmax ? ThreeClasses : ANumber;
            Recipe recipe = Resolve(target, new TrainOptions { Loss = loss });
            Network network = RecipeResolver.ToNetwork(recipe, 2, 3, []);
            loss.ThrowUnlessFits(network);
            Assert.Equal((loss.Name, OutputText.Of(network)), (recipe.Training.Loss, recipe.Network.Output));
        }
    }

    public static TheoryData<int[]?, string[]?, string[]> Shapes { get; } = new()
    {
        { null, null, ["128*relu", "64*relu"] },
        { [], null, [] },
        { [], ["tanh"], [] },
        { [5], null, ["5*relu"] },
        { [5, 4, 3], ["gelu"], ["5*gelu", "4*gelu", "3*gelu"] },
        { [5, 4], ["tanh", "relu"], ["5*tanh", "4*relu"] },
        { [5, 4], ["2*tanh+3*relu", "elu"], ["2*tanh+3*relu", "4*elu:alpha=1"] },
        { null, ["2*tanh+3*relu"], ["2*tanh+3*relu"] },
        { null, ["2*tanh+3*relu", "4*sine"], ["2*tanh+3*relu", "4*sine"] },
        { null, ["tanh"], ["128*tanh", "64*tanh"] },
        { [2], ["1*tanh+1*tanh"], ["2*tanh"] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Widths_and_activations_make_the_hidden_layers(int[]? widths, string[]? activations, string[] expected)
    {
        Recipe recipe = Resolve(TwoClasses, new TrainOptions
        {
            Layers = widths is null ? null : [.. widths],
            Activations = activations,
        });
        Assert.Equal(expected.Select(text => text.Replace(":alpha=1", "", StringComparison.Ordinal)),
            recipe.Network.Hidden.Select(text => text.Replace(":alpha=1", "", StringComparison.Ordinal)));
        Assert.Equal(expected.Length + 1, recipe.Network.Initializers.Count);
        Assert.Equal(recipe.ToJson(), Resolve(TwoClasses, new TrainOptions { Recipe = recipe }).ToJson());
    }

    [Fact]
    public void Other_widths_keep_the_activations_of_the_recipe()
    {
        Recipe one = Resolve(TwoClasses, new TrainOptions { Layers = [5, 4], Activations = ["tanh"] });
        Assert.Equal(["7*tanh"], Resolve(TwoClasses, new TrainOptions { Recipe = one, Layers = [7] }).Network.Hidden);

        Recipe each = Resolve(TwoClasses, new TrainOptions { Layers = [5, 4], Activations = ["tanh", "relu"] });
        Assert.Equal(
            ["7*tanh", "6*relu"], Resolve(TwoClasses, new TrainOptions { Recipe = each, Layers = [7, 6] }).Network.Hidden);
        Assert.Equal([], Resolve(TwoClasses, new TrainOptions { Recipe = each, Layers = [] }).Network.Hidden);
        Assert.Equal(
            "The recipe's layers do not all have the same activation; say --activation for the other layers, too.",
            Refusal(TwoClasses, new TrainOptions { Recipe = each, Layers = [7] }));
        Assert.Equal(
            ["5*gelu", "4*gelu"], Resolve(TwoClasses, new TrainOptions { Recipe = each, Activations = ["gelu"] }).Network.Hidden);
    }

    [Fact]
    public void Activations_of_ones_own_work_with_a_recipe()
    {
        var own = Activation.Of(default(Cube));
        Recipe recipe = Resolve(TwoClasses, new TrainOptions { Layers = [3], Activations = ["cube"], OwnActivations = [own] });
        Assert.Equal(["3*cube"], recipe.Network.Hidden);
        var again = new TrainOptions { Recipe = recipe, OwnActivations = [own] };
        Assert.Equal(["3*cube"], Resolve(TwoClasses, again).Network.Hidden);
        Assert.Equal(["3*tanh"], Resolve(TwoClasses, again with { Activations = ["tanh"] }).Network.Hidden);
        Assert.Equal(["2*cube"], Resolve(TwoClasses, again with { Layers = [2] }).Network.Hidden);
    }

    [Theory]
    [InlineData(10, 32)]
    [InlineData(1_999, 32)]
    [InlineData(2_000, 64)]
    [InlineData(19_999, 64)]
    [InlineData(20_000, 128)]
    [InlineData(99_999, 128)]
    [InlineData(100_000, 256)]
    public void Batches_grow_with_the_training_rows(int rows, int batch) => Assert.Equal(batch, DefaultRecipe.BatchFor(rows));

    [Fact]
    public void Batches_are_of_training_rows_and_whole_for_rprop()
    {
        Table table = Tabular.Csv("x,n\n" + string.Join('\n', Enumerable.Range(0, 2100).Select(i => $"{i % 97}.5,{i % 89}.25")));
        Recipe Of(TrainOptions options) => Model.Resolve(table, ["n"], options);
        Assert.Equal(64, Of(new TrainOptions { Validation = 0 }).Training.Batch);
        Assert.Equal(32, Of(new TrainOptions { Validation = 0.2 }).Training.Batch);
        Assert.Equal(0, Of(new TrainOptions { Optimizer = Optimizer.Rprop() }).Training.Batch);
        Assert.Equal(17, Of(new TrainOptions { Batch = 17 }).Training.Batch);

        // An optimizer that needs the full batch takes it in the place of the recipe's.
        Recipe adam = Of(new TrainOptions());
        Assert.Equal(0, Of(new TrainOptions { Recipe = adam, Optimizer = Optimizer.Rprop() }).Training.Batch);
    }

    [Fact]
    public void An_optimizer_brings_its_learning_rate_and_decay_unless_they_are_given()
    {
        Recipe adam = Resolve(TwoClasses, new TrainOptions { LearningRate = 0.5, WeightDecay = 0.25 });
        foreach (Optimizer optimizer in Optimizer.All)
        {
            TrainingRecipe alone = Resolve(TwoClasses, new TrainOptions { Optimizer = optimizer }).Training;
            TrainingRecipe over = Resolve(TwoClasses, new TrainOptions { Optimizer = optimizer, Recipe = adam }).Training;
            Assert.Equal((optimizer.DefaultLearningRate, optimizer.DefaultWeightDecay), (alone.LearningRate, alone.WeightDecay));
            Assert.Equal((optimizer.DefaultLearningRate, optimizer.DefaultWeightDecay), (over.LearningRate, over.WeightDecay));
            Assert.Equal(
                0.125,
                Resolve(TwoClasses, new TrainOptions { Optimizer = optimizer, LearningRate = 0.125 }).Training.LearningRate);
        }

        Assert.Equal((0.5, 0.25), (adam.Training.LearningRate, adam.Training.WeightDecay));
    }

    [Fact]
    public void Options_come_before_the_recipe_and_the_recipe_before_defaults()
    {
        Recipe recipe = Resolve(TwoClasses, new TrainOptions
        {
            Epochs = 3,
            Patience = 4,
            L1 = 0.1,
            L2 = 0.2,
            Dropout = 0.3,
            Shuffle = false,
            Seed = 5,
            Bias = false,
            Metric = "auc",
            Precision = Precision.Double,
            Validation = 0.3,
            Test = 0.1,
            Clip = Clip.Parse("norm=2"),
            Schedule = Schedule.Parse("cosine"),
            Reduction = Reduction.Sum,
            Positive = "b",
            Missing = ["-"],
            Decimal = ',',
            ClassWeights = "b=2",
            Batch = 9,
        });
        Assert.Equal(recipe.ToJson(), Resolve(TwoClasses, new TrainOptions { Recipe = recipe }).ToJson());
        Recipe over = Resolve(TwoClasses, new TrainOptions
        {
            Recipe = recipe,
            Epochs = 30,
            Patience = 40,
            L1 = 0,
            L2 = 0,
            Dropout = 0,
            Shuffle = true,
            Seed = 50,
            Bias = true,
            Metric = "loss",
            Precision = Precision.Single,
            Validation = 0.25,
            Test = 0,
            Clip = Clip.None,
            Schedule = Schedule.Constant,
            Reduction = Reduction.Mean,
            Positive = "a",
            Missing = ["?"],
            Decimal = '.',
            ClassWeights = "balanced",
            Batch = 8,
        });
        TrainingRecipe training = over.Training;
        Assert.Equal(
            (30, 40, 0d, 0d, 0d, true, 8),
            (training.Epochs, training.Patience, training.L1, training.L2, training.Dropout, training.Shuffle, training.Batch));
        Assert.Equal(
            ("loss", "none", "constant", Reduction.Mean),
            (training.Metric, training.Clip, training.Schedule, training.Reduction));
        Assert.Equal((Precision.Single, 50ul, true), (over.Precision, over.Seed, over.Network.Bias));
        Assert.Equal(
            (0.25, null, "a", ".", "balanced"),
            (over.Data.Validation, over.Data.Test, over.Data.Positive, over.Data.Decimal, over.Data.ClassWeights));
        Assert.Equal(["?"], over.Data.Missing);
    }

    [Fact]
    public void Defaults_are_a_whole_recipe_and_read_back()
    {
        foreach (string target in new[] { ThreeClasses, TwoClasses, ANumber })
        {
            Recipe recipe = Resolve(target, new TrainOptions());
            Assert.Equal(recipe.ToJson(), Recipe.FromJson(recipe.ToJson()).ToJson());
            Assert.Equal(
                ("adam", 0.001, 200, 30),
                (Optimizer.Parse(recipe.Training.Optimizer).Named.Name, recipe.Training.LearningRate, recipe.Training.Epochs,
                    recipe.Training.Patience));
            Assert.Equal((0.2, null, 0ul), (recipe.Data.Validation, recipe.Data.Test, recipe.Seed));
            Assert.DoesNotContain(
                "auto\"",
                recipe.ToJson().Replace("\"encode\": \"auto\"", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
        }
    }

    /// <summary>u³.</summary>
    readonly record struct Cube : IActivation
    {
        public string Name => "cube";

        public bool DerivativeNeedsInput => true;

        public R Value<R>(R u)
            where R : struct, IReal<R> => u * u * u;

        public R Derivative<R>(R u, R x)
            where R : struct, IReal<R> => R.Constant(3) * u * u;
    }
}
