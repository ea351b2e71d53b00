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

    /// <summary>
    /// The layers that a recipe says: hidden ones, neurons with dropout behind them where the recipe drops, and output.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="inputs">How many numbers flow in.</param>
    /// <param name="outputs">How many flow out.</param>
    /// <param name="own">Activations of the caller's own.</param>
    /// <param name="embed">The tables of embeddings, where there are categories that may have them.</param>
    public static Network ToNetwork(
        Recipe recipe, int inputs, int outputs, IReadOnlyList<Activation> own, Func<EmbedSpec, Embed>? embed = null)
    {
        NetworkRecipe network = recipe.Network;
        double dropout = recipe.Training.Dropout;
        var layers = new List<Layer>();
        foreach (string text in network.Hidden)
        {
            var hidden = HiddenLayer.Parse(text, network.Bias, own);
            if (dropout > 0 && hidden.Layer is Dropout)
            {
                throw new ArgumentException(
                    "The layers say themselves where dropout is, so --dropout would be a second one; leave out one of the two.");
            }

            layers.Add(hidden.Layer ?? (hidden.Embed is { } spec && embed is not null ? embed(spec)
                : throw new ArgumentException($"'{text}' is no layer of these data.")));
            if (dropout > 0 && hidden.IsDense)
                layers.Add(new Dropout(dropout));
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
        Loss? loss = options.Loss
            ?? (training is not null && options.OutputActivation is null ? Loss.Parse(training.Loss) : null);
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
        ImmutableArray<HiddenLayer> hidden = HiddenLayers.Resolve(options, recipe, bias);
        (Activation last, _) = OutputText.Parse(output, options.OwnActivations);
        Activation[] activations =
            [.. hidden.Select(layer => layer.Layer).OfType<Dense>().Select(layer => layer.Activations[0].Activation), last];
        bool sameLayers = recipe is not null && recipe.Initializers.Count == activations.Length;
        return new NetworkRecipe
        {
            Hidden = [.. hidden.Select(layer => layer.ToString())],
            Output = output,
            Bias = bias,
            Initializers = options.Initializer is { } one ? [.. activations.Select(_ => one.Name)]
                : sameLayers ? recipe!.Initializers
                : [.. activations.Select(activation => Initializer.DefaultFor(activation).Name)],
        };
    }

    static NetworkRecipe StartedFrom(TrainOptions options, StartingPoint start, string output)
    {
        if (options.Layers is not null || options.Activations is not null || options.Bias is not null
            || options.Initializer is not null)
        {
            throw new ArgumentException(
                "A network that training starts from brings its layers, activations, biases and weights; leave those options "
                + "out.");
        }

        Network network = start.Network;
        Dense[] layers = [.. network.Layers.OfType<Dense>()];
        bool bias = layers.All(layer => layer.HasBias);
        if (!bias && layers.Any(layer => layer.HasBias))
            throw new ArgumentException("Training starts from networks whose layers all have biases, or none has.");
        return new NetworkRecipe
        {
            Hidden = [.. network.Layers[..network.Layers.LastIndexOf(layers[^1])].Select(layer => TextOf(layer, start))],
            Output = output,
            Bias = bias,
            Initializers = [NetworkRecipe.FromModel],
        };
    }

    /// <summary>A layer of the network that training starts from. How wide embeddings are, its recipe says.</summary>
    static string TextOf(Layer layer, StartingPoint start) => layer is Embed
        ? HiddenLayers.EmbedOf(start.Recipe!.Network.Hidden, [])!.ToString()
        : HiddenLayer.Of(layer).ToString();

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
            LearningRateFactors = Sorted(options.LearningRateFactors ?? recipe?.LearningRateFactors),
            Schedule = options.Schedule?.Name ?? recipe?.Schedule ?? Schedule.Constant.Name,
            Batch = options.Batch ?? (ownOptimizer && optimizer.NeedsFullBatch ? 0 : recipe?.Batch)
                ?? (optimizer.NeedsFullBatch ? 0 : DefaultRecipe.BatchFor(plan.Training.Length)),
            Shards = options.Shards ?? recipe?.Shards ?? 1,
            Order = options.Order ?? recipe?.Order ?? RowOrder.Full,
            Epochs = options.Epochs ?? recipe?.Epochs ?? DefaultRecipe.Epochs,
            Metric = metric,
            Patience = options.Patience ?? recipe?.Patience ?? DefaultRecipe.Patience,
            L1 = options.L1 ?? recipe?.L1 ?? 0,
            L2 = options.L2 ?? recipe?.L2 ?? 0,
            WeightDecay = options.WeightDecay
                ?? (ownOptimizer ? optimizer.DefaultWeightDecay : recipe?.WeightDecay ?? 0),
            DecayFactors = Sorted(options.DecayFactors ?? recipe?.DecayFactors),
            Dropout = options.Dropout ?? recipe?.Dropout ?? 0,
            Clip = options.Clip?.Name ?? recipe?.Clip ?? Clip.None.Name,
            Shuffle = options.Shuffle ?? recipe?.Shuffle ?? true,
        };
    }

    /// <summary>Factors in the order in which recipes write them.</summary>
    static SortedDictionary<string, double> Sorted(IReadOnlyDictionary<string, double>? factors) =>
        new((factors ?? ImmutableDictionary<string, double>.Empty).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
