using Backprop.Engine;

namespace Backprop;

/// <summary>What the JSON of a recipe must be, besides having the right fields.</summary>
static class RecipeForm
{
    /// <summary>What is wrong with a recipe's fields, or null.</summary>
    public static string? Fault(Recipe recipe)
    {
        (DataRecipe data, NetworkRecipe network) = (recipe.Data, recipe.Network);
        int dense = network.Hidden.Count(text => text is not null && HiddenLayer.HasNeurons(text));
        return 0 switch
        {
            _ when data.Target.Count == 0 => "data.target names no column.",
            _ when HasNull(data.Target) => "data.target holds a null.",
            _ when data.Columns.Count == 0 => "data.columns names no column.",
            _ when HasNull(data.Missing) => "data.missing holds a null.",
            _ when HasNull(data.MissingInNumbers) => "data.missingInNumbers holds a null.",
            _ when data.Decimal is not ("." or ",") => "data.decimal is '.' or ','.",
            _ when data.Numbers.FirstOrDefault(
                pair => pair.Value is null || !NumberFormat.TryParse(pair.Value, out _)) is { Key: { } name } =>
                $"data.numbers must say how '{name}' writes 1234.5, such as 1,234.5 or 1.234,5.",
            _ when !AreFinite(
                data.Validation, data.Test, recipe.Training.LearningRate, recipe.Training.L1, recipe.Training.L2,
                recipe.Training.WeightDecay, recipe.Training.Dropout) => "a number in it is too large.",
            _ when recipe.Training.LearningRateFactors.Concat(recipe.Training.DecayFactors)
                .Any(pair => !double.IsFinite(pair.Value)) =>
                "a number in it is too large.",
            _ when network.Hidden.Count >= Network.MaximumDepth =>
                $"network.hidden has {network.Hidden.Count} layers; a network has at most {Network.MaximumDepth}.",
            _ when HasNull(network.Hidden) => "network.hidden holds a null.",
            _ when HasNull(network.Initializers) => "network.initializers holds a null.",
            _ when !network.StartsFromModel && network.Initializers.Count != dense + 1 =>
                $"network.initializers must be {dense + 1}, one for each hidden layer and one for the output, "
                + $"or only '{NetworkRecipe.FromModel}'.",
            _ => null,
        };
    }

    /// <summary>The serializer's message, without names of this program's types and its own directions to a place in the
    /// text.</summary>
    public static string Sentence(string message)
    {
        int path = message.IndexOf(" Path:", StringComparison.Ordinal);
        string sentence = path < 0 ? message : message[..path];
        string[] quoted = sentence.Split('\'');
        return sentence switch
        {
            _ when sentence.Contains("could not be mapped", StringComparison.Ordinal) && quoted.Length > 1 =>
                $"there is no field '{quoted[1]}'.",
            _ when sentence.Contains("missing required properties", StringComparison.Ordinal) && quoted.Length > 3 =>
                $"the field '{quoted[3]}' is missing.",
            _ when sentence.Contains("could not be converted", StringComparison.Ordinal) => "a value is of the wrong type.",
            _ when sentence.Contains("doesn't allow null", StringComparison.Ordinal)
                || sentence.Contains("does not allow", StringComparison.Ordinal) => "a value is null where there must be one.",
            _ when sentence.StartsWith("Duplicate property", StringComparison.Ordinal) && quoted.Length > 1 =>
                $"there is the field '{quoted[1]}' twice.",
            _ when sentence.Contains("JSON tokens", StringComparison.Ordinal) => "there is nothing in it.",
            _ when sentence.StartsWith("Expected depth", StringComparison.Ordinal) => "it ends before its last bracket.",
            _ => sentence.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? sentence[..(end + 1)] : sentence,
        };
    }

    static bool AreFinite(params ReadOnlySpan<double?> numbers)
    {
        foreach (double? number in numbers)
        {
            if (!double.IsFinite(number ?? 0))
                return false;
        }

        return true;
    }

    static bool HasNull(IReadOnlyList<string> texts) => texts.Any(text => text is null);
}
