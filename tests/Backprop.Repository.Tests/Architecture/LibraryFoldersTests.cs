using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>The folders of the library stand in the order of the program's sentence, and its types in no large circle.</summary>
public sealed class LibraryFoldersTests
{
    // A closed family may be a circle: the operations of encoders, all of which their base names for a file.
    const int LargestCircle = 10;

    // From left to right, a file names what its own folder and those left of it declare; "" is the library's folder itself.
    // docs/decisions/model-and-verbs.md says why.
    static readonly string[] s_order =
    [
        "", "IO", "Tables", "Metrics", "Onnx/Graphs", "Onnx/Layers", "Recipes", "Splits", "Plans", "Encoders", "Records", "Onnx",
        "Models", "Evaluations", "Checkpoints", "Doctor", "Training", "Explanations", "Explanations/Notations", "Checks",
        "Reproduction",
    ];

    static readonly Lazy<TypeGraph> s_graph = new(() => TypeGraph.Of("src/Backprop"));

    [Fact]
    public void Every_folder_has_its_place() => Assert.Equal(
        s_order.Order(StringComparer.Ordinal), s_graph.Value.Folders.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void Types_name_what_stands_left_of_them()
    {
        string[] breaches = [.. s_graph.Value.Breaches(s_order)];
        Assert.True(breaches.Length == 0, string.Join('\n', breaches));
    }

    [Fact]
    public void The_order_is_that_of_its_page() => Assert.Contains(
        string.Join(" → ", s_order.Skip(1)), Repository.Read("docs/decisions/model-and-verbs.md").ReplaceLineEndings(" "));

    [Fact]
    public void No_circle_of_types_is_larger_than_a_closed_family()
    {
        IReadOnlyList<string> circle = s_graph.Value.LargestCircle();
        Assert.True(circle.Count <= LargestCircle, $"{circle.Count} types lead to each other: {string.Join(", ", circle)}");
    }

    [Fact]
    public void A_file_that_breaks_the_order_is_named_with_line_type_and_folders()
    {
        const string Text = """
            namespace Backprop;

            static class Planted
            {
                public static Recipe? Recipe(Model model) => model.Recipe;

                public static object Evaluation(Model model, Table table) => model.Evaluate(table);
            }
            """;
        Assert.Equal(
            [
                "Recipes/Planted.cs:5: Planted of Recipes names Model of Models, which stands right of it.",
                "Recipes/Planted.cs:7: Planted of Recipes names Model of Models, which stands right of it.",
                "Recipes/Planted.cs:7: Planted of Recipes names ModelEvaluating of Evaluations, which stands right of it.",
            ],
            s_graph.Value.With(("Recipes/Planted.cs", Text)).Breaches(s_order));
    }

    [Fact]
    public void A_larger_circle_of_types_is_named()
    {
        string[] ring = [.. Enumerable.Range(0, LargestCircle + 1).Select(i => $"Ring{i:D2}")];
        IEnumerable<string> types = ring.Select((name, i) => $"sealed class {name} {{ {ring[(i + 1) % ring.Length]}? _next; }}");
        string text = $"namespace Backprop;\n{string.Join('\n', types)}\n";
        Assert.Equal(ring, s_graph.Value.With(("IO/Rings.cs", text)).LargestCircle());
    }
}
