using System.Collections.Immutable;
using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// A trained network with everything around it: encoders of the columns, meaning of the outputs, recipe. It never
/// changes, and any number of threads may use it at once.
/// </summary>
/// <example>
/// <code>
/// Table table = Table.ReadCsv("iris.csv");
/// TrainedModel trained = Model.Train(table, "species");
/// Console.WriteLine(trained.Validation!.Accuracy);
/// trained.Model.Save("iris.onnx");
///
/// Model model = Model.Load("iris.onnx");
/// Console.WriteLine(model.Predict(table).Label(0));
/// </code>
/// </example>
public sealed partial class Model
{
    internal const string RecipeKey = "backprop.recipe";
    internal const string TrainingKey = "backprop.training";
    internal const string ParameterHashKey = "backprop.parameter_hash";
    internal const string ModelHashKey = "backprop.model_hash";
    internal const string NumericVersionKey = "backprop.numeric_version";
    internal const string BaselineKey = "backprop.baseline";

    internal Model(ModelCore core, Recipe recipe) => (Core, Recipe) = (core, recipe);

    internal ModelCore Core { get; }

    /// <summary>Everything, besides the data, that the model came of.</summary>
    public Recipe Recipe { get; }

    /// <summary>The network's shape.</summary>
    public Network Network => Core.Network;

    /// <summary>The columns that the model reads, in the order of its inputs.</summary>
    public IReadOnlyList<string> Columns => [.. Core.Encoder.Columns.Select(column => column.Name)];

    /// <summary>
    /// The inputs that the saved file has in any ONNX runtime, one for each of <see cref="Columns"/>: a column whose name an
    /// output has, such as <c>label</c>, has an input of another name.
    /// </summary>
    public IReadOnlyList<OnnxInput> OnnxInputs =>
    [
        .. Core.Encoder.Columns.Zip(
            ModelExport.InputNames(Core.Encoder, Network, Core.IsDouble),
            (column, name) => new OnnxInput(column.Name, name, column.TakesText)),
    ];

    /// <summary>The network's inputs by name: <c>age</c>, <c>age is missing</c>, <c>sex=female</c>.</summary>
    public IReadOnlyList<string> Features => [.. Core.Encoder.Features.Select(feature => feature.Name)];

    /// <summary>The classes, in the order of their probabilities; empty where it predicts numbers.</summary>
    public ImmutableArray<string> Classes => Core.Target is ClassTarget target ? target.Classes : [];

    /// <summary>SHA-256 over all weights and biases, see <see cref="Parameters{T}.Hash"/>.</summary>
    public string ParameterHash => Core.ParameterHash;

    /// <summary>SHA-256 over the encoders' constants, the classes, and all weights and biases.</summary>
    public string ModelHash => Core.ModelHash;

    /// <summary>The numeric version that the model was trained with.</summary>
    internal int NumericVersion => int.TryParse(
        Core.Metadata.GetValueOrDefault(NumericVersionKey), NumberStyles.None, CultureInfo.InvariantCulture, out int version)
        ? version
        : 0;

    /// <summary>Whether the model says how it was trained.</summary>
    internal bool HasTraining => Core.Metadata.ContainsKey(TrainingKey);

    /// <summary>What the model says of its training.</summary>
    /// <exception cref="BackpropException">It says nothing of it.</exception>
    internal TrainingRecord Training => Core.Metadata.TryGetValue(TrainingKey, out string? text)
        ? TrainingRecord.FromJson(text, "The model")
        : throw new BackpropException("The model says nothing of its training, so it cannot be repeated.");

    /// <summary>The same model, saying something more in its file.</summary>
    internal Model With(string key, string text) => new(Core.With(key, text), Recipe) { IsStrict = IsStrict };
}
