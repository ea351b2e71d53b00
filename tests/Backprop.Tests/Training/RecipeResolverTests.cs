using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>What options, a recipe and defaults resolve to, in this order.</summary>
public sealed class RecipeResolverTests
{
    const string ThreeClasses = "species", TwoClasses = "y", ANumber = "n";

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
    public void Loss_and_output_choose_each_other(string target, string? loss, string? output, string expectedLoss, string expectedOutput)
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
        Assert.Equal(["7*tanh", "6*relu"], Resolve(TwoClasses, new TrainOptions { Recipe = each, Layers = [7, 6] }).Network.Hidden);
        Assert.Equal([], Resolve(TwoClasses, new TrainOptions { Recipe = each, Layers = [] }).Network.Hidden);
        Assert.Equal(
            "The recipe's layers do not all have the same activation; say --activation for the other layers, too.",
            Refusal(TwoClasses, new TrainOptions { Recipe = each, Layers = [7] }));
        Assert.Equal(["5*gelu", "4*gelu"], Resolve(TwoClasses, new TrainOptions { Recipe = each, Activations = ["gelu"] }).Network.Hidden);
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
            Assert.Equal(0.125, Resolve(TwoClasses, new TrainOptions { Optimizer = optimizer, LearningRate = 0.125 }).Training.LearningRate);
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
        Assert.Equal((30, 40, 0d, 0d, 0d, true, 8), (training.Epochs, training.Patience, training.L1, training.L2, training.Dropout, training.Shuffle, training.Batch));
        Assert.Equal(("loss", "none", "constant", Reduction.Mean), (training.Metric, training.Clip, training.Schedule, training.Reduction));
        Assert.Equal((Precision.Single, 50ul, true), (over.Precision, over.Seed, over.Network.Bias));
        Assert.Equal((0.25, null, "a", ".", "balanced"), (over.Data.Validation, over.Data.Test, over.Data.Positive, over.Data.Decimal, over.Data.ClassWeights));
        Assert.Equal(["?"], over.Data.Missing);
    }

    [Fact]
    public void Defaults_are_a_whole_recipe_and_read_back()
    {
        foreach (string target in new[] { ThreeClasses, TwoClasses, ANumber })
        {
            Recipe recipe = Resolve(target, new TrainOptions());
            Assert.Equal(recipe.ToJson(), Recipe.FromJson(recipe.ToJson()).ToJson());
            Assert.Equal(("adam", 0.001, 200, 30), (Optimizer.Parse(recipe.Training.Optimizer).Named.Name, recipe.Training.LearningRate, recipe.Training.Epochs, recipe.Training.Patience));
            Assert.Equal((0.2, null, 0ul), (recipe.Data.Validation, recipe.Data.Test, recipe.Seed));
            Assert.DoesNotContain("auto\"", recipe.ToJson().Replace("\"encode\": \"auto\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ThreeClasses, "auc", "The metric 'auc' does not suit a target of 3 classes; choose one of loss, accuracy, balancedAccuracy, macroF1, logLoss.")]
    [InlineData(TwoClasses, "rmse", "The metric 'rmse' does not suit a target of two classes; choose one of loss, accuracy, balancedAccuracy, macroF1, logLoss, f1, auc, averagePrecision.")]
    [InlineData(ANumber, "accuracy", "The metric 'accuracy' does not suit a target that is a number; choose one of loss, rmse, mae, mape, r2.")]
    [InlineData(ANumber, "f7", "There is no metric 'f7'; known are loss, accuracy, balancedAccuracy, macroF1, logLoss, f1, auc, averagePrecision, rmse, mae, mape, r2.")]
    public void Refuses_metrics_that_do_not_suit_the_target(string target, string metric, string sentence) =>
        Assert.Equal(sentence, Refusal(target, new TrainOptions { Metric = metric }));

    public static TheoryData<string, TrainOptions, string> Refusals { get; } = new()
    {
        { ANumber, new() { Loss = Loss.SoftmaxCrossEntropy() }, "The loss softmax-cross-entropy is for classes; a number needs another, such as squared." },
        { ThreeClasses, new() { Loss = Loss.SoftmaxCrossEntropy(), OutputActivation = "logistic" }, "The loss softmax-cross-entropy needs a softmax output, but this network's output is 3*logistic." },
        { TwoClasses, new() { Loss = Loss.LogisticCrossEntropy(), OutputActivation = "softmax" }, "The loss logistic-cross-entropy needs the output activation logistic, but this network's output is softmax." },
        { ANumber, new() { Loss = Loss.Poisson, OutputActivation = "linear" }, "The loss poisson needs the output activation exponential, but this network's output is 1*linear." },
        { ANumber, new() { LabelSmoothing = 0.1 }, "Label smoothing is for cross-entropy, not for the loss squared." },
        { TwoClasses, new() { LabelSmoothing = 1 }, "Label smoothing must be from 0 to below 1; it is 1." },
        { TwoClasses, new() { Layers = [5, 4], Activations = ["relu", "relu", "relu"] }, "There are 2 hidden layers, but 3 activations; give one for all or one for each." },
        { TwoClasses, new() { Layers = [5], Activations = ["2*tanh+2*relu"] }, "The activations '2*tanh+2*relu' are for 4 neurons, but the layer has 5." },
        { TwoClasses, new() { Layers = [5], Activations = ["2*tanh+relu"] }, "'relu' in the layer '2*tanh+relu' is not of the form COUNT*ACTIVATION, such as 8*tanh+8*relu." },
        { TwoClasses, new() { Activations = ["0*tanh"] }, "'0*tanh' in the layer '0*tanh' is not of the form COUNT*ACTIVATION, such as 8*tanh+8*relu." },
        { TwoClasses, new() { Epochs = 0 }, "There must be 1 epoch or more, not 0." },
        { TwoClasses, new() { Batch = -1 }, "The batch must have 1 row or more, or 0 for all; it is -1." },
        { TwoClasses, new() { Dropout = 1 }, "Dropout must be from 0 to below 1; it is 1." },
        { TwoClasses, new() { Patience = -1 }, "Patience must be 0 epochs or more; it is -1." },
        { TwoClasses, new() { LearningRate = 0 }, "The learning rate must be a positive number, not 0." },
        { TwoClasses, new() { LearningRate = double.NaN }, "The learning rate must be a positive number, not NaN." },
        { TwoClasses, new() { L2 = -0.5 }, "The L2 penalty must be 0 or a positive number, not -0.5." },
        { TwoClasses, new() { Optimizer = Optimizer.Rprop(), Batch = 8 }, "The optimizer rprop compares the signs of whole gradients and needs the full batch, not batches of 8 rows." },
        { ThreeClasses, new() { Positive = "setosa" }, "A positive class is for targets of two classes; this one has 3." },
        { TwoClasses, new() { Positive = "c" }, "There is no class 'c'; the classes are a and b." },
        { ANumber, new() { Positive = "c" }, "A positive class is for targets of two classes, not for numbers." },
        { TwoClasses, new() { Ignore = ["y"] }, "The column 'y' cannot be the target and left out at the same time." },
        { TwoClasses, new() { RowWeights = "y" }, "The column 'y' cannot be the target and the row weights at the same time." },
        { TwoClasses, new() { Ignore = ["x", "n"] }, "No column is left to learn from. 'x': --ignore names it; 'n': --ignore names it." },
        { TwoClasses, new() { Task = TaskKind.Regress }, "The target column 'y' of data.csv holds texts, which cannot be estimated as numbers; only one column of classes can be predicted at a time." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses_in_a_sentence_what_does_not_fit_together(string target, TrainOptions options, string sentence) =>
        Assert.Equal(sentence, Refusal(target, options));

    [Fact]
    public void A_recipe_that_starts_from_a_model_needs_the_model()
    {
        Model model = Model.Train(Samples.Iris(), ThreeClasses, Samples.Short).Model;
        Recipe recipe = Resolve(ThreeClasses, new TrainOptions { StartFrom = StartingPoint.Of(model) });
        Assert.Equal(
            "The recipe starts from a model's parameters; give the model with --start-from, or say with --initializer how weights start.",
            Refusal(ThreeClasses, new TrainOptions { Recipe = recipe }));
        Assert.Equal(recipe.ToJson(), Resolve(ThreeClasses, new TrainOptions { Recipe = recipe, StartFrom = StartingPoint.Of(model) }).ToJson());
        Recipe own = Resolve(ThreeClasses, new TrainOptions { Recipe = recipe, Initializer = Initializer.Parse("he-normal") });
        Assert.Equal(["he-normal", "he-normal"], own.Network.Initializers);
    }

    [Fact]
    public void A_recipe_is_refused_for_a_table_of_other_kinds_of_columns()
    {
        Recipe recipe = Resolve(TwoClasses, new TrainOptions());
        Table other = Tabular.Csv("x,n,y\nred,1.5,a\nblue,2.5,b\nred,3.5,a\nred,0.5,b\nblue,1.5,a\n");
        Assert.Equal(
            "The recipe takes the column 'x' as Number, but in data.csv it is Category.",
            Tabular.Refusal(() => Model.Resolve(other, ["y"], new TrainOptions { Recipe = recipe })));
    }

    static Recipe Resolve(string target, TrainOptions options) => Model.Resolve(TableOf(target), [target], options);

    static string Refusal(string target, TrainOptions options) => Tabular.Refusal(() => Resolve(target, options));

    static Table TableOf(string target) => target == ThreeClasses ? Samples.Iris() : Tabular.Csv("x,n,y\n"
        + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i * 7 % 31}.5,{i * 11 % 29}.25,{"ab"[i * 5 % 3 % 2]}")));

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
