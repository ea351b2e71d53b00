using System.Text.Json;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>What is written field by field is what the serializer writes.</summary>
public sealed class RecipeTextTests
{
    public static TheoryData<bool> Fullness { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Fullness))]
    public void A_recipe_is_written_as_the_serializer_writes_it(bool full)
    {
        Recipe recipe = full ? Full() : Sparse();
        string expected = JsonSerializer.Serialize(recipe, RecipeJson.Default.Recipe);
        expected = expected.Replace("    \"missingInNumbers\": [],\n", "", StringComparison.Ordinal)
            .Replace("    \"numbers\": {},\n", "", StringComparison.Ordinal)
            .Replace("    \"missingTarget\": \"refuse\",\n", "", StringComparison.Ordinal)
            .Replace("    \"order\": \"full\",\n", "", StringComparison.Ordinal)
            .Replace("    \"learningRateFactors\": {},\n", "", StringComparison.Ordinal)
            .Replace("    \"decayFactors\": {},\n", "", StringComparison.Ordinal);
        Assert.Equal(expected + "\n", recipe.ToJson());
        Assert.Equal(recipe.ToJson(), JsonSerializer.Deserialize(recipe.ToJson(), RecipeJson.Default.Recipe)!.ToJson());
    }

    static Recipe Full() => new()
    {
        Precision = Precision.Double,
        Seed = ulong.MaxValue,
        Data = new DataRecipe
        {
            Target = ["a \"quoted\" name", "größe <&>"],
            Task = TaskKind.Regress,
            Columns = new Dictionary<string, ColumnKind>(StringComparer.Ordinal)
            {
                ["z"] = ColumnKind.YesNo,
                ["a\n"] = ColumnKind.Number,
                [""] = ColumnKind.Category,
            },
            Encode = EncodeKind.None,
            MissingTarget = MissingTarget.Drop,
            Missing = ["", "NA"],
            MissingInNumbers = ["-"],
            Decimal = ",",
            Numbers = new Dictionary<string, string>(StringComparer.Ordinal) { ["a\n"] = "1.234,5 €" },
            Validation = 0.1,
            Test = 1e-300,
            RowWeights = "w",
            ClassWeights = "balanced",
            Positive = "yes",
        },
        Network = new NetworkRecipe
        {
            Hidden = ["128*relu", "64*tanh"],
            Output = "linear",
            Bias = true,
            Initializers = ["he", "zero"],
        },
        Training = new TrainingRecipe
        {
            Loss = "huber:delta=2",
            Reduction = Reduction.Sum,
            Optimizer = "adam",
            LearningRate = 1 / 3.0,
            LearningRateFactors = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["bias"] = 0.1,
                ["layer1.weights"] = 2,
            },
            Schedule = "cosine",
            Batch = 32,
            Shards = 4,
            Order = RowOrder.Striped,
            Epochs = 200,
            Metric = "loss",
            Patience = 20,
            L1 = 1e-5,
            L2 = 0,
            WeightDecay = -0.0,
            DecayFactors = new Dictionary<string, double>(StringComparer.Ordinal) { ["bias"] = 1e-3 },
            Dropout = 0.5,
            Clip = "norm=1",
            Shuffle = false,
        },
    };

    static Recipe Sparse() => Full() with
    {
        Precision = Precision.Single,
        Seed = 0,
        Data = new DataRecipe
        {
            Target = ["y"],
            Task = TaskKind.Classify,
            Columns = new Dictionary<string, ColumnKind>(StringComparer.Ordinal),
            Encode = EncodeKind.Auto,
            Missing = [],
            Decimal = ".",
            Validation = null,
            Test = null,
            RowWeights = null,
            ClassWeights = null,
            Positive = null,
        },
        Network = new NetworkRecipe { Hidden = [], Output = "softmax", Bias = false, Initializers = [] },
        Training = Full().Training with
        {
            Order = RowOrder.Full,
            LearningRateFactors = new Dictionary<string, double>(),
            DecayFactors = new Dictionary<string, double>(),
        },
    };
}
