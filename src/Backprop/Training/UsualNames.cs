using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Puts the names that recipes write in the place of what was typed, before anything is made of it: a recipe, its hash and the
/// bits do not depend on how a thing was called. Names of activations of the caller's own stand as they are.
/// </summary>
static class UsualNames
{
    const string Balanced = "balanced";

    /// <summary>Options with the usual names.</summary>
    /// <exception cref="BackpropException">A word means something else elsewhere.</exception>
    public static TrainOptions Of(TrainOptions options) => UserMistake.Guard(() => options with
    {
        OutputActivation = Output(options.OutputActivation, options.OwnActivations),
        Metric = Metric(options.Metric),
        ClassWeights = string.Equals(options.ClassWeights, Balanced, StringComparison.OrdinalIgnoreCase)
            ? Balanced
            : options.ClassWeights,
        Recipe = options.Recipe is { } recipe ? Of(recipe, options.OwnActivations) : null,
    });

    static Recipe Of(Recipe recipe, IReadOnlyList<Activation> own) => recipe with
    {
        Network = recipe.Network with
        {
            Output = Output(recipe.Network.Output, own)!,
            Initializers = [.. recipe.Network.Initializers.Select(Initializer.Family.Words.NameIn)],
        },
        Training = recipe.Training with
        {
            Schedule = Schedule.Family.Words.NameIn(recipe.Training.Schedule),
            Metric = Metric(recipe.Training.Metric)!,
        },
    };

    static string? Metric(string? word) => word is null ? null : MetricWords.Name(word);

    static string? Output(string? word, IReadOnlyList<Activation> own)
    {
        if (word is null || own.Any(activation => activation.Name == word))
            return word;
        return string.Equals(word, OutputText.Softmax, StringComparison.OrdinalIgnoreCase)
            ? OutputText.Softmax
            : Activation.Family.Words.NameIn(word);
    }
}
