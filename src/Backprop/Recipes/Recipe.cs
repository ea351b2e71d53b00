using System.Text.Json;

namespace Backprop;

/// <summary>
/// Everything that can change a bit of a model, besides the data: fully resolved, with no <c>auto</c> and no name of
/// another recipe left in it. The model carries it.
/// </summary>
public sealed record Recipe
{
    /// <summary>The version of this form of recipes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the form, <see cref="CurrentVersion"/>.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The element type.</summary>
    public required Precision Precision { get; init; }

    /// <summary>From which splits, starting weights, orders of rows and dropped neurons follow.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Columns and rows.</summary>
    public required DataRecipe Data { get; init; }

    /// <summary>The network.</summary>
    public required NetworkRecipe Network { get; init; }

    /// <summary>The training.</summary>
    public required TrainingRecipe Training { get; init; }

    /// <summary>The recipe as JSON, with its fields in a fixed order.</summary>
    public string ToJson() => RecipeText.Of(this) + "\n";

    /// <summary>Reads a recipe from JSON. Unknown and missing fields are refused.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="BackpropException">The text is not a recipe of a version that is known.</exception>
    public static Recipe FromJson(string json, string source = "the recipe")
    {
        ArgumentNullException.ThrowIfNull(json);
        Recipe? recipe;
        try
        {
            recipe = JsonSerializer.Deserialize(json, RecipeJson.Default.Recipe);
        }
        catch (JsonException error)
        {
            string where = error.LineNumber is { } line ? $" (line {line + 1})" : "";
            throw new BackpropException($"{source} is not a recipe{where}: {RecipeForm.Sentence(error.Message)}", error);
        }

        if (recipe is null)
            throw new BackpropException($"{source} is not a recipe: it is null.");
        if (recipe.Version != CurrentVersion)
        {
            throw new BackpropException(
                $"{source} is a recipe of version {recipe.Version}; this program reads version {CurrentVersion}.");
        }

        return RecipeForm.Fault(recipe) is { } fault ? throw new BackpropException($"{source} is not a recipe: {fault}") : recipe;
    }
}
