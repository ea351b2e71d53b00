using Backprop.Engine;
using Xunit;
using static Backprop.Tests.ResolvedRecipe;

namespace Backprop.Tests;

/// <summary>What options and recipes are refused, in a sentence.</summary>
public sealed class RecipeRefusalTests
{
    [Theory]
    [InlineData(
        ThreeClasses, "auc",
        "The metric 'auc' does not suit a target of 3 classes; choose one of loss, accuracy, balancedAccuracy, macroF1, "
        + "logLoss.")]
    [InlineData(
        TwoClasses, "rmse",
        "The metric 'rmse' does not suit a target of two classes; choose one of loss, accuracy, balancedAccuracy, macroF1, "
        + "logLoss, f1, auc, averagePrecision.")]
    [InlineData(
        ANumber, "accuracy",
        "The metric 'accuracy' does not suit a target that is a number; choose one of loss, rmse, mae, mape, r2.")]
    [InlineData(
        ANumber, "f7",
        "There is no metric 'f7'; known are loss, accuracy, balancedAccuracy, macroF1, logLoss, f1, auc, averagePrecision, rmse, "
        + "mae, mape, r2.")]
    public void Refuses_metrics_that_do_not_suit_the_target(string target, string metric, string sentence) =>
        Assert.Equal(sentence, Refusal(target, new TrainOptions { Metric = metric }));

    public static TheoryData<string, TrainOptions, string> Refusals { get; } = new()
    {
        {
            ANumber, new() { Loss = Loss.SoftmaxCrossEntropy() },
            "The loss softmax-cross-entropy is for classes; a number needs another, such as squared."
        },
        {
            ThreeClasses, new() { Loss = Loss.SoftmaxCrossEntropy(), OutputActivation = "logistic" },
            "The loss softmax-cross-entropy needs a softmax output, but this network's output is 3*logistic."
        },
        {
            TwoClasses, new() { Loss = Loss.LogisticCrossEntropy(), OutputActivation = "softmax" },
            "The loss logistic-cross-entropy needs the output activation logistic, but this network's output is softmax."
        },
        {
            ANumber, new() { Loss = Loss.Poisson, OutputActivation = "linear" },
            "The loss poisson needs the output activation exponential, but this network's output is 1*linear."
        },
        { ANumber, new() { LabelSmoothing = 0.1 }, "Label smoothing is for cross-entropy, not for the loss squared." },
        { TwoClasses, new() { LabelSmoothing = 1 }, "Label smoothing must be from 0 to below 1; it is 1." },
        {
            TwoClasses, new() { Layers = [5, 4], Activations = ["relu", "relu", "relu"] },
            "There are 2 hidden layers, but 3 activations; give one for all or one for each."
        },
        {
            TwoClasses, new() { Layers = [5], Activations = ["2*tanh+2*relu"] },
            "The activations '2*tanh+2*relu' are for 4 neurons, but the layer has 5."
        },
        {
            TwoClasses, new() { Layers = [5], Activations = ["2*tanh+relu"] },
            "'relu' in the layer '2*tanh+relu' is not of the form COUNT*ACTIVATION, such as 8*tanh+8*relu."
        },
        {
            TwoClasses, new() { Activations = ["0*tanh"] },
            "'0*tanh' in the layer '0*tanh' is not of the form COUNT*ACTIVATION, such as 8*tanh+8*relu."
        },
        { TwoClasses, new() { Epochs = 0 }, "There must be 1 epoch or more, not 0." },
        { TwoClasses, new() { Batch = -1 }, "The batch must have 1 row or more, or 0 for all; it is -1." },
        { TwoClasses, new() { Dropout = 1 }, "Dropout must be from 0 to below 1; it is 1." },
        { TwoClasses, new() { Patience = -1 }, "Patience must be 0 epochs or more; it is -1." },
        { TwoClasses, new() { LearningRate = 0 }, "The learning rate must be a positive number, not 0." },
        { TwoClasses, new() { LearningRate = double.NaN }, "The learning rate must be a positive number, not NaN." },
        { TwoClasses, new() { L2 = -0.5 }, "The L2 penalty must be 0 or a positive number, not -0.5." },
        {
            TwoClasses, new() { Optimizer = Optimizer.Rprop(), Batch = 8 },
            "The optimizer rprop compares the signs of whole gradients and needs the full batch, not batches of 8 rows."
        },
        { ThreeClasses, new() { Positive = "setosa" }, "A positive class is for targets of two classes; this one has 3." },
        { TwoClasses, new() { Positive = "c" }, "There is no class 'c'; the classes are a and b." },
        { ANumber, new() { Positive = "c" }, "A positive class is for targets of two classes, not for numbers." },
        { TwoClasses, new() { Ignore = ["y"] }, "The column 'y' cannot be the target and left out at the same time." },
        { TwoClasses, new() { RowWeights = "y" }, "The column 'y' cannot be the target and the row weights at the same time." },
        {
            TwoClasses, new() { Ignore = ["x", "n"] },
            "No column is left to learn from. 'x': --ignore names it; 'n': --ignore names it."
        },
        {
            TwoClasses, new() { Task = TaskKind.Regress },
            "The target column 'y' of data.csv holds texts, which cannot be estimated as numbers; only one column of classes can "
            + "be predicted at a time."
        },
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
            "The recipe starts from a model's parameters; give the model with --start-from, or say with --initializer how "
            + "weights start.",
            Refusal(ThreeClasses, new TrainOptions { Recipe = recipe }));
        Assert.Equal(
            recipe.ToJson(),
            Resolve(ThreeClasses, new TrainOptions { Recipe = recipe, StartFrom = StartingPoint.Of(model) }).ToJson());
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
}
