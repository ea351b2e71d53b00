using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Makes the recipe of what a person asked, of a recipe to begin from, and of defaults, in this order. Afterwards nothing
/// is left open.
/// </summary>
static class RecipeResolver
{
    /// <summary>The recipe of a training.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="plan">What the data are.</param>
    /// <param name="encoder">The fitted encoder.</param>
    /// <param name="classes">The number of classes, 0 for numbers.</param>
    /// <param name="positive">The positive class, or null.</param>
    /// <exception cref="BackpropException">What was asked does not fit together.</exception>
    public static Recipe Resolve(
        TrainOptions options, DataPlan plan, TableEncoder encoder, int classes, string? positive)
    {
        try
        {
            (Loss loss, string output) = LossAndOutput(options, plan, classes);
            NetworkRecipe network = ResolveNetwork(options, output);
            TrainingRecipe training = ResolveTraining(options, plan, loss, classes);
            training.ToOptions(plan.Seed, hasValidation: true).Validate();
            _ = new Dropout(training.Dropout);
            return new Recipe
            {
                Precision = options.Precision ?? options.Recipe?.Precision ?? Precision.Single,
                Seed = plan.Seed,
                Data = ResolveData(options, plan, encoder, positive),
                Network = network,
                Training = training,
            };
        }
        catch (ArgumentException error)
        {
            throw UserMistake.Of(error);
        }
    }

    /// <summary>The layers that a recipe says: hidden ones, each with dropout behind it where the recipe drops, and output.</summary>
    public static Network ToNetwork(Recipe recipe, int inputs, int outputs, IReadOnlyList<Activation> own)
    {
        NetworkRecipe network = recipe.Network;
        var layers = new List<Layer>();
        foreach (string text in network.Hidden)
        {
            layers.Add(LayerText.Parse(text, null, network.Bias, own));
            if (recipe.Training.Dropout > 0)
                layers.Add(new Dropout(recipe.Training.Dropout));
        }

        (Activation last, bool softmax) = OutputText.Parse(network.Output, own);
        layers.Add(new Dense(outputs, last, network.Bias));
        if (softmax)
            layers.Add(new Softmax());
        return new Network(inputs, layers);
    }

    /// <summary>The number of outputs for a target: one is enough for two classes whose output is no softmax.</summary>
    public static int Outputs(NetworkRecipe recipe, TargetDecoder target) => target switch
    {
        NumberTarget numbers => numbers.Columns.Length,
        ClassTarget { Classes.Length: 2 } when recipe.Output != OutputText.Softmax => 1,
        ClassTarget classes => classes.Classes.Length,
        _ => throw new NotSupportedException(),
    };

    static (Loss Loss, string Output) LossAndOutput(TrainOptions options, DataPlan plan, int classes)
    {
        TaskKind task = plan.Task;
        TrainingRecipe? training = options.Recipe?.Training;
        string? output = options.OutputActivation
            ?? (options.Loss is null ? options.Recipe?.Network.Output : null)
            ?? (options.StartFrom is { } start ? OutputText.Of(start.Network) : null);
        Loss? loss = options.Loss ?? (training is not null && options.OutputActivation is null ? Loss.Parse(training.Loss) : null);
        loss ??= (task, output) switch
        {
            (TaskKind.Regress, _) => Loss.Squared,
            (_, null or OutputText.Softmax) => Loss.SoftmaxCrossEntropy(DefaultRecipe.SmoothingFor(classes, plan.Encode)),
            _ when output == Activation.Logistic.Name => Loss.LogisticCrossEntropy(),
            _ => Loss.Squared,
        };
        output ??= OutputText.Of(loss) ?? (task == TaskKind.Classify ? OutputText.Softmax : Activation.Linear.Name);
        if (task == TaskKind.Regress && loss.Kind == LossKind.Softmax)
            throw new ArgumentException($"The loss {loss} is for classes; a number needs another, such as squared.");
        if (options.LabelSmoothing is { } smoothing)
        {
            if (!(smoothing >= 0 && smoothing < 1))
                throw new ArgumentException($"Label smoothing must be from 0 to below 1; it is {ShortNumber.Text(smoothing)}.");
            loss = loss.Kind switch
            {
                LossKind.Softmax => Loss.SoftmaxCrossEntropy(smoothing),
                LossKind.Joint when loss.Link!.Equals(Activation.Logistic) => Loss.LogisticCrossEntropy(smoothing),
                _ when smoothing == 0 => loss,
                _ => throw new ArgumentException($"Label smoothing is for cross-entropy, not for the loss {loss}."),
            };
        }

        return (loss, output);
    }

    static NetworkRecipe ResolveNetwork(TrainOptions options, string output)
    {
        NetworkRecipe? recipe = options.Recipe?.Network;
        if (options.StartFrom is { } start)
            return StartedFrom(options, start, output);

        if (recipe is { StartsFromModel: true } && options.Initializer is null)
        {
            throw new ArgumentException(
                "The recipe starts from a model's parameters; give the model with --start-from, or say with --initializer how "
                + "weights start.");
        }

        bool bias = options.Bias ?? recipe?.Bias ?? true;
        ImmutableArray<Dense> hidden = options.Layers is null && options.Activations is null && recipe is not null
            ? [.. recipe.Hidden.Select(text => LayerText.Parse(text, null, bias, options.OwnActivations))]
            : HiddenLayers(options, recipe, bias);
        (Activation last, _) = OutputText.Parse(output, options.OwnActivations);
        IEnumerable<Activation> activations = [.. hidden.Select(layer => layer.Activations[0].Activation), last];
        bool sameLayers = recipe is not null && recipe.Initializers.Count == hidden.Length + 1;
        return new NetworkRecipe
        {
            Hidden = [.. hidden.Select(LayerText.Of)],
            Output = output,
            Bias = bias,
            Initializers = options.Initializer is { } one ? [.. activations.Select(_ => one.Name)]
                : sameLayers ? recipe!.Initializers
                : [.. activations.Select(activation => Initializer.DefaultFor(activation).Name)],
        };
    }

    static ImmutableArray<Dense> HiddenLayers(TrainOptions options, NetworkRecipe? recipe, bool bias)
    {
        Dense[]? inRecipe = recipe?.Hidden.Select(text => LayerText.Parse(text, null, bias, options.OwnActivations)).ToArray();
        if (options.Activations is not { } activations)
        {
            IReadOnlyList<int> asked = options.Layers ?? DefaultRecipe.Layers;
            Activation[] taken = ActivationsOf(inRecipe, asked.Count);
            return [.. asked.Select((width, i) => new Dense(width, taken.Length == 1 ? taken[0] : taken[i], bias))];
        }

        IReadOnlyList<int>? ofRecipe = inRecipe?.Select(layer => layer.Width).ToArray();
        IReadOnlyList<int> widths = options.Layers ?? ofRecipe
            ?? (activations.Any(text => text.Contains('*', StringComparison.Ordinal))
                ? [.. activations.Select(text => LayerText.Parse(text, null, bias, options.OwnActivations).Width)]
                : DefaultRecipe.Layers);
        if (activations.Count != 1 && activations.Count != widths.Count)
        {
            throw new ArgumentException(
                $"There {(widths.Count == 1 ? "is" : "are")} {Counted.Of(widths.Count, "hidden layer")}, but {Counted.Of(activations.Count, "activation")}; give one for all or one for each.");
        }

        return [.. widths.Select((width, i) => LayerText.Parse(
            activations.Count == 1 ? activations[0] : activations[i], width, bias, options.OwnActivations))];
    }

    /// <summary>The activations that layers of other widths take over from a recipe: one for all, or one for each of as many.</summary>
    static Activation[] ActivationsOf(Dense[]? layers, int count)
    {
        if (layers is not { Length: > 0 } || count == 0)
            return [DefaultRecipe.Activation];

        Activation[] activations = [.. layers.Select(layer => layer.Activations[0].Activation)];
        bool isOneEach = layers.All(layer => layer.Activations.Length == 1);
        return (isOneEach, activations.Distinct().Count()) switch
        {
            (true, 1) => activations[..1],
            (true, _) when activations.Length == count => activations,
            _ => throw new ArgumentException(
                "The recipe's layers do not all have the same activation; say --activation for the other layers, too."),
        };
    }

    static NetworkRecipe StartedFrom(TrainOptions options, StartingPoint start, string output)
    {
        if (options.Layers is not null || options.Activations is not null || options.Bias is not null
            || options.Initializer is not null)
        {
            throw new ArgumentException(
                "A network that training starts from brings its layers, activations, biases and weights; leave those options out.");
        }

        Network network = start.Network;
        Dense[] layers = [.. network.Layers.OfType<Dense>()];
        bool bias = layers.All(layer => layer.HasBias);
        if (!bias && layers.Any(layer => layer.HasBias))
            throw new ArgumentException("Training starts from networks whose layers all have biases, or none has.");
        return new NetworkRecipe
        {
            Hidden = [.. layers[..^1].Select(LayerText.Of)],
            Output = output,
            Bias = bias,
            Initializers = [NetworkRecipe.FromModel],
        };
    }

    static DataRecipe ResolveData(TrainOptions options, DataPlan plan, TableEncoder encoder, string? positive)
    {
        DataRecipe? recipe = options.Recipe?.Data;
        var kinds = plan.Inputs.ToDictionary(column => column.Name, column => column.Kind, StringComparer.Ordinal);
        return new DataRecipe
        {
            Target = plan.Targets,
            Task = plan.Task,
            Columns = new SortedDictionary<string, ColumnKind>(
                encoder.Columns.Where(column => kinds.ContainsKey(column.Name))
                    .ToDictionary(column => column.Name, column => kinds[column.Name], StringComparer.Ordinal),
                StringComparer.Ordinal),
            Encode = plan.Encode,
            MissingTarget = plan.MissingTarget,
            Missing = options.Missing ?? recipe?.Missing ?? CsvOptions.UsualMissingTokens,
            MissingInNumbers = options.MissingInNumbers
                ?? recipe?.MissingInNumbers ?? (options.Missing is null ? CsvOptions.UsualMissingInNumbers : []),
            Decimal = options.Decimal?.ToString() ?? recipe?.Decimal ?? ".",
            Numbers = new SortedDictionary<string, string>(
                plan.Inputs.Concat(plan.Targets.Select(name => plan.Table[name])).Where(column => column.NumberFormat is not null)
                    .ToDictionary(column => column.Name, column => column.NumberFormat!.ToString(), StringComparer.Ordinal),
                StringComparer.Ordinal),
            Validation = plan.ValidationFraction,
            Test = plan.TestFraction,
            RowWeights = plan.RowWeights,
            ClassWeights = options.ClassWeights ?? recipe?.ClassWeights,
            Positive = positive,
        };
    }

    static TrainingRecipe ResolveTraining(TrainOptions options, DataPlan plan, Loss loss, int classes)
    {
        TrainingRecipe? recipe = options.Recipe?.Training;
        Optimizer optimizer = options.Optimizer ?? (recipe is null ? Optimizer.Adam() : Optimizer.Parse(recipe.Optimizer));
        string metric = options.Metric ?? recipe?.Metric ?? DefaultRecipe.Metric;
        MetricNames.ThrowUnlessFits(metric, classes);
        bool ownOptimizer = options.Optimizer is not null;
        return new TrainingRecipe
        {
            Loss = loss.Name,
            Reduction = options.Reduction ?? recipe?.Reduction ?? Reduction.Mean,
            Optimizer = optimizer.Name,
            LearningRate = options.LearningRate
                ?? (ownOptimizer ? optimizer.DefaultLearningRate : recipe?.LearningRate ?? DefaultRecipe.LearningRate),
            Schedule = options.Schedule?.Name ?? recipe?.Schedule ?? Schedule.Constant.Name,
            Batch = options.Batch ?? (ownOptimizer && optimizer.NeedsFullBatch ? 0 : recipe?.Batch)
                ?? (optimizer.NeedsFullBatch ? 0 : DefaultRecipe.BatchFor(plan.Training.Length)),
            Shards = options.Shards ?? recipe?.Shards ?? 1,
            Epochs = options.Epochs ?? recipe?.Epochs ?? DefaultRecipe.Epochs,
            Metric = metric,
            Patience = options.Patience ?? recipe?.Patience ?? DefaultRecipe.Patience,
            L1 = options.L1 ?? recipe?.L1 ?? 0,
            L2 = options.L2 ?? recipe?.L2 ?? 0,
            WeightDecay = options.WeightDecay
                ?? (ownOptimizer ? optimizer.DefaultWeightDecay : recipe?.WeightDecay ?? 0),
            Dropout = options.Dropout ?? recipe?.Dropout ?? 0,
            Clip = options.Clip?.Name ?? recipe?.Clip ?? Clip.None.Name,
            Shuffle = options.Shuffle ?? recipe?.Shuffle ?? true,
        };
    }
}
