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
    /// The inputs that the saved file has in any ONNX runtime, one for each of <see cref="Columns"/>: a column whose name an output
    /// has, such as <c>label</c>, has an input of another name.
    /// </summary>
    public IReadOnlyList<OnnxInput> OnnxInputs =>
        [.. Core.Encoder.Columns.Zip(ModelExport.InputNames(Core), (column, name) => new OnnxInput(column.Name, name, column.TakesText))];

    /// <summary>The network's inputs by name: <c>age</c>, <c>age is missing</c>, <c>sex=female</c>.</summary>
    public IReadOnlyList<string> Features => [.. Core.Encoder.Features.Select(feature => feature.Name)];

    /// <summary>The classes, in the order of their probabilities; empty where it predicts numbers.</summary>
    public ImmutableArray<string> Classes => Core.Target is ClassTarget target ? target.Classes : [];

    /// <summary>SHA-256 over all weights and biases, see <see cref="Parameters{T}.Hash"/>.</summary>
    public string ParameterHash => Core.ParameterHash;

    /// <summary>SHA-256 over the encoders' constants, the classes, and all weights and biases.</summary>
    public string ModelHash => Core.ModelHash;

    /// <summary>Trains a model.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="target">The column to be predicted.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    /// <param name="run">Threads, progress, cancellation: what changes no bit of the model.</param>
    /// <exception cref="BackpropException">Something that was asked does not fit the data.</exception>
    /// <exception cref="TrainingDivergedException">The loss is not finite any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its first step, so there is no model.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written, and steps are left; the one before stands.</exception>
    public static TrainedModel Train(Table table, string target, TrainOptions? options = null, RunOptions run = default) =>
        Train(table, [target], options, run);

    /// <summary>Trains a model of several numbers.</summary>
    /// <inheritdoc cref="Train(Table, string, TrainOptions?, RunOptions)"/>
    /// <param name="table">The rows.</param>
    /// <param name="targets">The columns to be predicted.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    /// <param name="run">Threads, progress, cancellation: what changes no bit of the model.</param>
    public static TrainedModel Train(
        Table table, IReadOnlyList<string> targets, TrainOptions? options = null, RunOptions run = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        options ??= new TrainOptions();
        if (run.Resume is { } resume)
            options = options with { Contract = resume.Contract };
        TrainedModel trained = PrecisionOf(options) == Precision.Double
            ? new TrainingSession<double>(table, targets, options).Train(run)
            : new TrainingSession<float>(table, targets, options).Train(run);
        return trained is { Steps: 0, Stopped: StopReason.Cancelled }
            ? throw new OperationCanceledException("The training was cancelled before its first step.", run.Cancellation)
            : trained;
    }

    /// <summary>The recipe that <see cref="Train(Table, string, TrainOptions?, RunOptions)"/> would train by.</summary>
    /// <inheritdoc cref="Train(Table, IReadOnlyList{string}, TrainOptions?, RunOptions)"/>
    public static Recipe Resolve(Table table, IReadOnlyList<string> targets, TrainOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        options ??= new TrainOptions();
        return PrecisionOf(options) == Precision.Double
            ? new TrainingSession<double>(table, targets, options).Recipe
            : new TrainingSession<float>(table, targets, options).Recipe;
    }

    /// <summary>
    /// Looks at data before they are trained on, and warns of what a training would go wrong by, or seem better by than it is:
    /// columns that give the target away, name rows or say nothing, held-out rows that are trained on, numbers written as texts,
    /// rare classes, held-out files that are different, numbers beyond single precision.
    /// </summary>
    /// <inheritdoc cref="Train(Table, IReadOnlyList{string}, TrainOptions?, RunOptions)"/>
    public static IReadOnlyList<DataWarning> Examine(Table table, IReadOnlyList<string> targets, TrainOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        options ??= new TrainOptions();
        return DataDoctor.Examine(DataPlanner.Plan(table, targets, options), PrecisionOf(options));
    }

    /// <summary>Loads a model from an ONNX file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ownActivations">Activations of one's own that the model uses.</param>
    /// <exception cref="BackpropException">The file is no such model, or damaged.</exception>
    public static Model Load(string path, params ReadOnlySpan<Activation> ownActivations)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FromFile(OnnxFile.Open(path), ownActivations);
    }

    /// <summary>
    /// Saves the model as one standard ONNX file that any ONNX runtime takes raw columns with. The same model gives the
    /// same bytes.
    /// </summary>
    /// <exception cref="BackpropException">The file cannot be written; what was there stands.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.Write(path, Core.ToOnnx());
    }

    /// <summary>
    /// Checks the gradient of this network on these rows against differences of the loss, in double precision whatever the
    /// model's, with the recipe's loss, reduction and weights of rows and classes, and nothing dropped. A large table gives 200
    /// of its rows.
    /// </summary>
    /// <param name="table">Rows with the model's columns and target; a column of row weights counts where it is there.</param>
    /// <param name="options">Tolerance, entries per tensor, and the seed by which rows and entries are drawn.</param>
    /// <exception cref="BackpropException">
    /// A column is missing or of another kind, a target is missing or unknown, a loss is not finite, or an option out of range.
    /// </exception>
    public ModelGradientCheck CheckGradients(Table table, GradientCheckOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return UserMistake.Guard(() =>
        {
            options.Validate();
            var loss = Loss.Parse(Recipe.Training.Loss);
            var rows = CheckedRows.Of(Named(table, withTarget: true), this, options.Seed);
            GradientCheckResult result = GradientCheck.Run(
                Core.ParametersAs<double>(), rows.Examples, loss, Recipe.Training.Reduction, options);
            return new ModelGradientCheck(result, this, loss, rows.Rows, table.RowCount);
        });
    }

    /// <summary>
    /// Trains the model again from the recipe that it carries, and compares the bits: the data's hashes, the recipe, the
    /// parameters along the way and at the end, the metrics, the file.
    /// </summary>
    /// <param name="table">The table that it was trained on.</param>
    /// <param name="options">The other inputs: validation and test tables, the model that training started from. Anything
    /// else that is said here and not in the model's recipe is found to differ.</param>
    /// <param name="run">Threads, progress, cancellation: what changes no bit.</param>
    /// <param name="steps">Train only so many first steps again, and compare with the hashes recorded along the way; null for
    /// all.</param>
    /// <exception cref="BackpropException">The table does not have what the recipe needs, or the model has no record of its
    /// training.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public Reproduction Reproduce(Table table, TrainOptions? options = null, RunOptions run = default, long? steps = null) =>
        Reproduce(table, Recipe.Data.Target, options, run, steps);

    internal Reproduction Reproduce(
        Table table, IReadOnlyList<string> targets, TrainOptions? options, RunOptions run, long? steps)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (steps is { } count)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(steps));
        options ??= new TrainOptions();
        var contract = new NumericContract(NumericVersion);
        options = options with
        {
            Recipe = options.Recipe ?? Recipe,
            Contract = contract.IsKnown ? contract : NumericContract.Current,
        };
        var reproducer = new Reproducer(this, steps, run);
        return PrecisionOf(options) == Precision.Double
            ? reproducer.Run<double>(table, targets, options)
            : reproducer.Run<float>(table, targets, options);
    }

    /// <summary>Shows rows going through the network and back, and the update that would follow from them.</summary>
    /// <param name="table">
    /// A table with the model's <see cref="Columns"/> and its target; without the target only the value flow says something, see
    /// <see cref="Explanation.HasTarget"/>.
    /// </param>
    /// <param name="rows">The rows, counted from 0; they are taken as one batch, in this order.</param>
    /// <param name="checkpoint">Where this model's training stood: its parameters, and what the optimizer remembers, are taken from
    /// there, and the update is the next step. Null for the model's own parameters and a first step.</param>
    /// <exception cref="BackpropException">
    /// There is no such row, a column is missing or of another kind, a row's target is missing or unknown, or the checkpoint is of
    /// another training.
    /// </exception>
    public Explanation Explain(Table table, IReadOnlyList<int> rows, Checkpoint? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            throw new BackpropException("There is no row to explain.");
        foreach (int row in rows)
        {
            if (row < 0 || row >= table.RowCount)
                throw new BackpropException($"There is no row {row}; the rows of {table.Source} count from 0 to {table.RowCount - 1}.");
        }

        Table named = Named(table, withTarget: true);
        return Core.IsDouble
            ? ExplanationBuilder<double>.Of(this, named, [.. rows], checkpoint)
            : ExplanationBuilder<float>.Of(this, named, [.. rows], checkpoint);
    }

    /// <summary>The numeric version that the model was trained with.</summary>
    internal int NumericVersion => int.TryParse(
        Core.Metadata.GetValueOrDefault(NumericVersionKey), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : 0;

    /// <summary>Whether the model says how it was trained.</summary>
    internal bool HasTraining => Core.Metadata.ContainsKey(TrainingKey);

    /// <summary>What the model says of its training.</summary>
    /// <exception cref="BackpropException">It says nothing of it.</exception>
    internal TrainingRecord Training => Core.Metadata.TryGetValue(TrainingKey, out string? text)
        ? TrainingRecord.FromJson(text, "The model")
        : throw new BackpropException("The model says nothing of its training, so it cannot be repeated.");

    internal static Model FromFile(OnnxFile file, params ReadOnlySpan<Activation> own)
    {
        Model model = FromFileAsItIs(file, own);
        return model.Core.Metadata.GetValueOrDefault(ModelHashKey) == model.ModelHash ? model
            : throw new BackpropException(
                $"'{file.Name}' was changed after it was saved: its encoders, classes or parameters do not give its model hash.");
    }

    /// <summary>The model in a file, whether or not its numbers have the hash that it carries.</summary>
    internal static Model FromFileAsItIs(OnnxFile file, params ReadOnlySpan<Activation> own)
    {
        if (!file.IsBackpropModel)
        {
            throw new BackpropException(
                $"'{file.Name}' is an ONNX file, but not a model of Backprop's: it does not say how columns become inputs; "
                + "training can start from it with --start-from.");
        }

        ModelCore core = file.IsDouble
            ? ModelCoreOf<double>.Of(file.ReadModel<double>(own))
            : ModelCoreOf<float>.Of(file.ReadModel<float>(own));
        if (!core.Metadata.TryGetValue(RecipeKey, out string? recipe))
            throw new BackpropException($"'{file.Name}' carries no recipe, so it was not saved by Backprop as it stands.");
        return new Model(core, Recipe.FromJson(recipe, $"The recipe in '{file.Name}'"));
    }

    /// <summary>The same model, saying something more in its file.</summary>
    internal Model With(string key, string text) => new(Core.With(key, text), Recipe) { IsStrict = IsStrict };

    /// <summary>Whether a table's cells are those of the table that the model was trained on, in the same order.</summary>
    bool WasTrainedOn(Table table)
    {
        if (!Core.Metadata.ContainsKey(TrainingKey))
            return false;
        TableHash trained = Training.Inputs.Training;
        string[] columns = [.. Columns, .. Recipe.Data.Target, .. Recipe.Data.RowWeights is { } weights ? [weights] : Array.Empty<string>()];
        return table.RowCount == trained.Rows && columns.All(name => table.TryGetColumn(name, out _))
            && TableHash.Of(table, columns).Hash == trained.Hash;
    }

    int PositiveClass(ClassTarget target) => Math.Max(0, target.Classes.IndexOf(Recipe.Data.Positive ?? ""));

    Baseline SavedBaseline()
    {
        string? text = Core.Metadata.GetValueOrDefault(BaselineKey);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            return default;
        if (Core.Target is NumberTarget)
            return new Baseline(null, value);
        return value >= 0 && value < Classes.Length ? new Baseline((int)value, null) : default;
    }

    static Precision PrecisionOf(TrainOptions options) =>
        options.Precision ?? options.Recipe?.Precision ?? Precision.Single;
}
