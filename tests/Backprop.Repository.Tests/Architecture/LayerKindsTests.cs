using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>A kind of layer is named in its own files and in the lists, and elsewhere only where a reason is given.</summary>
public sealed class LayerKindsTests
{
    // A kind must stand in the first two; in the others one that is checked, or written down, in a way of its own.
    static readonly string[] s_lists =
    [
        "Backprop.Engine/Flows/Layers/LayerFlow.cs", "Backprop/Onnx/Layers/LayerKinds.cs",
        "Backprop.Engine/Checks/Layers/LayerDifference.cs", "Backprop/Explanations/Notations/KindNotation.cs",
    ];

    static readonly (string Kind, string Why, string[] Files)[] s_others =
    [
        (
            "Dense", "A network is one of neurons, and a joint loss takes the place of their activation.",
            [
                "Backprop.Engine/Networks/Network.cs", "Backprop.Engine/Networks/Parameters.cs", "Backprop.Engine/Losses/Loss.cs",
                "Backprop.Engine/Checks/FormulaCheck.cs", "Backprop.Engine/Checks/Layers/LayerAlone.cs",
            ]
        ),
        (
            "Dense", "Small networks of neurons alone have a step of their own.",
            ["Backprop.Engine/Training/NarrowLayer.cs", "Backprop.Engine/Training/NarrowStep.cs"]
        ),
        (
            "Dense", "Neurons have U, W and an activation each, which records, explanations and documents show by name.",
            [
                "Backprop.Engine/Flows/FlowRecorder.cs", "Backprop.Engine/Flows/LayerActivations.cs",
                "Backprop.Engine/Flows/LayerRecord.cs", "Backprop/Explanations/ExplainedLayer.cs",
                "Backprop/Explanations/Notations/EngineNotation.cs", "Backprop/Explanations/Notations/FunctionSteps.cs",
                "Backprop/Explanations/Notations/LikelihoodOutput.cs", "Backprop/Explanations/Notations/Notation.cs",
                "Backprop/Checks/ModelGradientCheck.cs", "Backprop.Cli/Output/ExplainJson.cs",
            ]
        ),
        (
            "Dense", "Recipes say neurons by their number and activations, and each layer of them has an initializer.",
            [
                "Backprop/Recipes/HiddenLayer.cs", "Backprop/Recipes/LayerText.cs", "Backprop/Recipes/OutputText.cs",
                "Backprop/Training/HiddenLayers.cs", "Backprop/Training/RecipeResolver.cs",
                "Backprop/Training/TrainingSession.cs",
            ]
        ),
        (
            "Dense", "Networks made elsewhere are of neurons; masks of several activations take room in a file.",
            ["Backprop/Onnx/DenseNetwork.cs", "Backprop/Onnx/OnnxFile.cs"]
        ),
        (
            "Softmax", "It is the output, whose place a joint loss takes, and belongs to the layer before it.",
            [
                "Backprop.Engine/Networks/Network.cs", "Backprop.Engine/Losses/Loss.cs", "Backprop.Engine/Flows/FlowRecorder.cs",
                "Backprop.Engine/Training/NarrowStep.cs", "Backprop.Engine/Checks/FormulaCheck.cs",
                "Backprop/Onnx/DenseNetwork.cs", "Backprop/Onnx/ModelSchema.cs", "Backprop/Training/RecipeResolver.cs",
            ]
        ),
        (
            "Dropout", "A network that predicts has none, masks follow from rows' positions, --dropout puts it behind neurons.",
            [
                "Backprop.Engine/Networks/Network.cs", "Backprop.Engine/Flows/Workspace.cs",
                "Backprop/Training/RecipeResolver.cs",
            ]
        ),
        (
            "Embed", "It reads codes, a second input of the network, which encoders give and rows carry.",
            [
                "Backprop.Engine/Networks/Network.cs", "Backprop.Engine/Flows/Examples.cs", "Backprop.Engine/Flows/Predictor.cs",
                "Backprop/Encoders/Embeddings.cs", "Backprop/Encoders/TableEncoder.cs", "Backprop/Training/RecipeResolver.cs",
                "Backprop/Training/TrainingSession.cs", "Backprop/Explanations/ExplanationBuilder.cs",
                "Backprop/Checks/ModelGradientCheck.cs", "Backprop.Cli/Output/ExplainJson.Layers.cs",
            ]
        ),
        ("Scale", "It is the one layer that may stand before embeddings.", ["Backprop/Training/HiddenLayers.cs"]),
        (
            "LayerNorm", "Both normalisations have one usual ε.",
            ["Backprop.Engine/Networks/Layers/BatchNorm.cs", "Backprop/Onnx/Layers/BatchNormExport.cs"]
        ),
    ];

    static readonly Lazy<LayerKindNames> s_names = new(() => LayerKindNames.Of("Backprop.Engine", "Backprop", "Backprop.Cli"));

    [Fact]
    public void A_kind_is_named_in_its_files_in_the_lists_and_where_there_is_a_reason()
    {
        (string Kind, string File)[] allowed = [.. s_others.SelectMany(other => other.Files.Select(file => (other.Kind, file)))];
        string[] wrong =
        [
            .. s_names.Value.Elsewhere.Where(use => !s_lists.Contains(use.File, StringComparer.Ordinal)).Except(allowed)
                .Select(use => $"{use.File} names {use.Kind}."),
            .. allowed.Except(s_names.Value.Elsewhere).Select(use => $"{use.File} does not name {use.Kind} any more."),
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Both_lists_name_every_kind()
    {
        string[] kinds = [.. LayerKindNames.Kinds.Order(StringComparer.Ordinal)];
        Assert.All(s_lists[..2], list => Assert.Equal(
            kinds, s_names.Value.Elsewhere.Where(use => use.File == list).Select(use => use.Kind).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Who_names_a_kind_is_found()
    {
        const string Text = """
            namespace Backprop;

            /// <summary>Not as <see cref="Engine.LayerNorm"/> does.</summary>
            static class Planted
            {
                public static bool Is(Engine.Layer layer) => layer is Engine.BatchNorm;

                public static LayerKind Scale() => new ScaleExport();
            }
            """;
        Assert.Equal(
            [("BatchNorm", "Backprop/Recipes/Planted.cs"), ("Scale", "Backprop/Recipes/Planted.cs")],
            LayerKindNames.In("Backprop", [.. SourceCompilation.Sources("src/Backprop"), ("Recipes/Planted.cs", Text)])
                .Where(use => use.File.EndsWith("Planted.cs", StringComparison.Ordinal)));
    }
}
