using System.CommandLine;
using System.Globalization;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>The flags of <c>train</c> that a recipe is made of.</summary>
sealed class TrainFlags
{
    readonly Option<string?> _task = Text("--task", "auto|classify|regress",
        "What is predicted: a class or a number. Default: auto, by the target.");
    readonly Option<string?> _positive = Text("--positive", "CLASS",
        "The class that precision, AUC and the like of two classes look for. Default: the second in alphabetical order.");
    readonly Option<string[]> _ignore = new("--ignore")
    {
        Description = "Columns that are not learnt from. Default: none.",
        HelpName = "COLUMN,…",
    };

    readonly Option<string?> _missingTarget = CreateMissingTarget();

    readonly Option<string?> _encode = Text(
        "--encode", "auto|none", "none takes numeric columns and targets as they are. Default: auto.");
    readonly Option<string?> _validation = Text(
        "--validation", "FRACTION|FILE|0", "Rows that decide when to stop. Default: 0.2, and 0 with --encode none.");

    readonly Option<string?> _validationLabels = Text("--validation-labels", "FILE",
        "The labels of images in --validation FILE. Default: none.");
    readonly Option<string?> _test = Text("--test", "FRACTION|FILE",
        "Rows to measure on at the end, by which nothing is chosen. Default: none.");
    readonly Option<string?> _testLabels = Text("--test-labels", "FILE", "The labels of images in --test FILE. Default: none.");
    readonly Option<string?> _rowWeights = Text("--row-weights", "COLUMN",
        "A column that says how much each row counts, in training and in every figure; rows of weight 0 are left out first. "
            + "Default: none, all count the same.");
    readonly Option<string?> _classWeights = Text("--class-weights", "balanced|a=1,b=5",
        "How much each class counts; balanced lets rare ones count as much as frequent ones. Default: all the same.");
    readonly Option<string?> _layers = Text("--layers", "LAYERS",
        "The hidden layers: neurons as a width (64) or with activations of their own (64*relu, 8*tanh+8*relu), and layers by "
            + "name with parameters (64,batchnorm:momentum=0.2,dropout:rate=0.2); embed, for categories, comes first. none for "
            + $"none. Default: {string.Join(',', DefaultRecipe.Layers)}.");
    readonly Option<string?> _activation = Text("--activation", "NAMES",
        "One for all hidden layers that are only a width, one for each (tanh,relu), or per neuron (8*tanh+8*relu). "
            + $"sigmoid is logistic, swish is silu. Default: {DefaultRecipe.Activation}.");

    readonly Option<string?> _output = Text("--output-activation", "NAME", "The output. Default: auto, by task and loss.");
    readonly Option<bool> _noBias = new("--no-bias") { Description = "Neurons without biases." };
    readonly Option<string?> _initializer = Text("--initializer", "NAME",
        "How weights start. Default: by the activation, he-normal for relu and its like, lecun-normal for selu, else "
            + "glorot-uniform.");
    readonly Option<string?> _startFrom = Text("--start-from", "MODEL",
        "An ONNX network whose parameters training starts from; a Backprop model brings its encoders. Default: none.");

    readonly Option<string?> _recipe = Text(
        "--recipe", "NAME|FILE.json", "A recipe to begin from; other flags override it. Default: default.");
    readonly Option<string?> _loss = Text("--loss", "NAME",
        "What training makes small: the mean over rows of the sum over outputs. mse is squared, mae absolute, cross-entropy that "
            + "of the output, bce that of logistic outputs. Default: softmax-cross-entropy for classes, squared for numbers.");
    readonly Option<string?> _reduction = Text("--reduction", "mean|sum",
        "How a batch's losses make what a step descends. The training loss that is printed is the mean per row with both. "
            + "Default: mean.");
    readonly Option<string?> _optimizer = Text("--optimizer", "NAME",
        "The update rule; a parameter is said as in adam:beta2=0.95. sgd is gradient-descent. Default: adam.");
    readonly Option<string?> _learningRate = Text("--learning-rate", "RATE",
        $"The learning rate before the schedule. Default: {Numbers.Text(DefaultRecipe.LearningRate)}, and with --optimizer the "
            + "usual one of that optimizer.", "--lr");
    readonly Option<string?> _learningRateFactors = Text("--learning-rate-factors", "TENSOR=X,…",
        "What the learning rate is multiplied by for a tensor, named as bias or as layer1.weights; 0 lets it stay as it starts. "
            + "Default: none.");
    readonly Option<string?> _schedule = Text("--schedule", "NAME",
        "How the learning rate goes on, such as cosine:warmup=100; each takes warmup, in steps. Default: constant.");
    readonly Option<string?> _batch = Text("--batch", "N|full",
        "Rows per step. Default: 32, 64, 128 or 256, more for more rows; full for rprop.");
    readonly Option<string?> _shards = Text(
        "--shards", "N", "Parts of a batch whose gradients are summed apart, then added in pairs. Default: 1.");
    readonly Option<string?> _order = Text("--order", "full|striped",
        "Out of which rows an epoch's order is made: all, or one stripe of them for each shard. Default: full.");
    readonly Option<string?> _epochs = Text(
        "--epochs", "N", $"The most passes over the training rows. Default: {DefaultRecipe.Epochs}.");
    readonly Option<string?> _metric = Text("--metric", "NAME",
        "What decides, on the validation rows, which epoch is best: loss; of classes accuracy, balancedAccuracy, macroF1 or "
            + "logLoss, and of two f1, auc or averagePrecision too; of numbers rmse, mae, mape or r2. Default: "
            + $"{DefaultRecipe.Metric}.");
    readonly Option<string?> _patience = Text("--patience", "N",
        $"Epochs without a better metric before it stops; 0 for never. Default: {DefaultRecipe.Patience}.");
    readonly Option<string?> _l1 = Text("--l1", "NUMBER", "λ of the penalty λ·Σ|w|. Default: 0.");
    readonly Option<string?> _l2 = Text("--l2", "NUMBER", "λ of the penalty ½·λ·Σw². Default: 0.");
    readonly Option<string?> _weightDecay = Text(
        "--weight-decay", "NUMBER", "Decoupled weight decay. Default: 0, and 0.01 with adamw.");
    readonly Option<string?> _decayFactors = Text("--decay-factors", "TENSOR=X,…",
        "What the weight decay is multiplied by for a tensor, named as bias or as layer1.weights. Default: 1 for weights, 0 for "
            + "others.");
    readonly Option<string?> _dropout = Text("--dropout", "NUMBER",
        "The probability that a hidden neuron's output is dropped; where only some layers drop, say dropout in --layers. "
            + "Default: 0.");
    readonly Option<string?> _smoothing = Text("--label-smoothing", "NUMBER",
        "Label smoothing of a cross-entropy. Default: 0.1 for more than two classes where no --loss is given, else 0.");
    readonly Option<string?> _clip = Text("--clip", string.Join('|', Clip.Forms("X")),
        "The limit of the gradient, as a whole or of each element. Default: none.");
    readonly Option<string?> _shuffle = Text(
        "--shuffle", "on|off", "Whether each epoch takes the rows in an order of its own. Default: on.");
    readonly Option<string?> _seed = Text("--seed", "N", "From which everything random follows. Default: 0.");
    readonly Option<string?> _precision = Text("--precision", "single|double", "The element type. Default: single.");

    /// <summary>The task that was asked for, or null.</summary>
    public TaskKind? Task(ParseResult parsed) => Choice<TaskKind>(
        parsed.GetValue(_task), "--task", takesAuto: true, null, ("classification", TaskKind.Classify),
        ("regression", TaskKind.Regress));

    /// <summary>Adds the flags to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _task, _positive, _ignore, _missingTarget, _encode, _validation, _validationLabels, _test, _testLabels, _rowWeights,
            _classWeights, _layers, _activation, _output,
            _noBias, _initializer, _startFrom, _recipe, _loss, _reduction, _optimizer, _learningRate, _learningRateFactors,
            _schedule, _batch, _shards, _order, _epochs,
            _metric, _patience, _l1, _l2, _weightDecay, _decayFactors, _dropout, _smoothing, _clip, _shuffle, _seed, _precision,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>What a named recipe or a recipe's file says; the rest of the flags comes on top.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">The recipe to begin from where the flags name none, or null.</param>
    public TrainOptions Base(ParseResult parsed, Recipe? otherwise = null)
    {
        string? name = parsed.GetValue(_recipe);
        if (name is null)
            return new TrainOptions { Recipe = otherwise };
        return File.Exists(name) ? new TrainOptions { Recipe = RecipeFile.Read(name) } : TrainOptions.Named(name);
    }

    /// <summary>The network that training starts from, or null.</summary>
    public StartingPoint? StartFrom(ParseResult parsed) => Parsed(parsed.GetValue(_startFrom), StartingPoint.Load);

    /// <summary>The columns that are not learnt from.</summary>
    public string[] Ignored(ParseResult parsed, IReadOnlyCollection<string> columns) =>
        ColumnNames.Parse(parsed.GetValue(_ignore), columns);

    /// <summary>The positive class, which may be quoted, or null.</summary>
    public string? Positive(ParseResult parsed, IReadOnlyCollection<string> classes) =>
        parsed.GetValue(_positive) is { } name ? ColumnNames.One(name, classes) : null;

    /// <summary>
    /// The options that the flags say, but for <see cref="TrainOptions.Positive"/> and <see cref="TrainOptions.Ignore"/>.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="basis">What <see cref="Base"/> gave.</param>
    /// <param name="columns">The columns of DATA.</param>
    /// <param name="readOther">Reads another file in the way that DATA was read.</param>
    public TrainOptions ToOptions(
        ParseResult parsed, TrainOptions basis, IReadOnlyCollection<string> columns, Func<string, string?, Table> readOther)
    {
        (double? validation, Table? validationTable) = Part(parsed, _validation, _validationLabels, readOther);
        (double? test, Table? testTable) = Part(parsed, _test, _testLabels, readOther);
        return basis with
        {
            Task = Task(parsed) ?? basis.Task,
            MissingTarget = MissingTarget(parsed, _missingTarget),
            Encode = Choice<EncodeKind>(parsed.GetValue(_encode), "--encode", takesAuto: true, EncodeKind.Auto),
            Validation = validation,
            ValidationTable = validationTable,
            Test = test,
            TestTable = testTable,
            RowWeights = parsed.GetValue(_rowWeights) is { } weights ? ColumnNames.One(weights, columns) : null,
            ClassWeights = parsed.GetValue(_classWeights),
            Layers = Lists.Layers(parsed.GetValue(_layers)) ?? basis.Layers,
            Activations = parsed.GetValue(_activation) is { } names ? Lists.Entries(names) : basis.Activations,
            OutputActivation = IsAuto(parsed.GetValue(_output)) ? null : parsed.GetValue(_output),
            Bias = parsed.GetValue(_noBias) ? false : null,
            Initializer = Parsed(parsed.GetValue(_initializer), Initializer.Parse),
            Loss = Parsed(parsed.GetValue(_loss), text => LossFor(text, parsed.GetValue(_output))),
            Reduction = Choice<Reduction>(parsed.GetValue(_reduction), "--reduction"),
            Optimizer = Parsed(parsed.GetValue(_optimizer), Optimizer.Parse) ?? basis.Optimizer,
            LearningRate = Numbers.Real(parsed, _learningRate) ?? basis.LearningRate,
            LearningRateFactors = FactorsText.Parse(parsed, _learningRateFactors),
            Schedule = Parsed(parsed.GetValue(_schedule), Schedule.Parse),
            Batch = BatchSize(parsed.GetValue(_batch)) ?? basis.Batch,
            Shards = Numbers.Whole(parsed, _shards, 1),
            Order = Choice<RowOrder>(parsed.GetValue(_order), "--order"),
            Epochs = Numbers.Whole(parsed, _epochs, 1),
            Metric = parsed.GetValue(_metric),
            Patience = Numbers.Whole(parsed, _patience, 0),
            L1 = Numbers.Real(parsed, _l1),
            L2 = Numbers.Real(parsed, _l2),
            WeightDecay = Numbers.Real(parsed, _weightDecay),
            DecayFactors = FactorsText.Parse(parsed, _decayFactors),
            Dropout = Numbers.Real(parsed, _dropout),
            LabelSmoothing = Numbers.Real(parsed, _smoothing),
            Clip = parsed.GetValue(_clip) is { } clip ? UserMistake.Guard(() => (Clip?)Clip.Parse(clip)) : null,
            Shuffle = OnOff(parsed.GetValue(_shuffle)),
            Seed = Numbers.Seed(parsed, _seed),
            Precision = Choice<Precision>(parsed.GetValue(_precision), "--precision", takesAuto: false, null,
                ("float32", Precision.Single), ("float64", Precision.Double)),
        };
    }

    /// <summary>The flag that says what becomes of rows without a target.</summary>
    public static Option<string?> CreateMissingTarget() => Text(
        "--missing-target", "refuse|drop", "Whether rows without a target are left out, and counted. Default: refuse.");

    /// <summary>What becomes of rows without a target, or null.</summary>
    public static MissingTarget? MissingTarget(ParseResult parsed, Option<string?> flag) =>
        Choice<MissingTarget>(parsed.GetValue(flag), flag.Name);

    static Option<string?> Text(string name, string help, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = help };

    static (double? Fraction, Table? Table) Part(
        ParseResult parsed, Option<string?> part, Option<string?> partLabels, Func<string, string?, Table> read)
    {
        (string? text, string? labels) = (parsed.GetValue(part), parsed.GetValue(partLabels));
        if (labels is not null && text is null)
            throw new BackpropException($"{partLabels.Name} needs the images: {part.Name} FILE.");
        if (text is null)
            return (null, null);
        if (labels is not null || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double fraction))
            return (null, read(text, labels));
        return fraction is >= 0 and < 1
            ? (fraction, null)
            : throw new BackpropException($"{part.Name} is a fraction from 0 to below 1, or a file; not {text}.");
    }

    static bool IsAuto(string? text) => string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A cross-entropy that does not say of which outputs is that of the output asked for: many call both by one name.
    /// </summary>
    static Loss LossFor(string text, string? output)
    {
        var loss = Loss.Parse(text);
        bool isOfEither = loss.Kind == LossKind.Softmax && !text.StartsWith("softmax", StringComparison.OrdinalIgnoreCase);
        return isOfEither && output is not (null or OutputText.Softmax) && !IsAuto(output)
            && Activation.Parse(output).Equals(Activation.Logistic)
            ? Loss.LogisticCrossEntropy(loss.Named.Number("smoothing", 0))
            : loss;
    }

    static T? Choice<T>(
        string? text, string flag, bool takesAuto = false, T? auto = null, params ReadOnlySpan<(string Word, T Value)> words)
        where T : struct, Enum
    {
        if (text is null)
            return null;
        if (IsAuto(text) && takesAuto)
            return auto;
        foreach ((string word, T meant) in words)
        {
            if (string.Equals(text, word, StringComparison.OrdinalIgnoreCase))
                return meant;
        }

        return Enum.TryParse(text, ignoreCase: true, out T value) && !char.IsAsciiDigit(text[0]) && text[0] != '-'
            ? value
            : throw new BackpropException(
                $"{flag} is {string.Join(" or ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}, not '{text}'.");
    }

    static T? Parsed<T>(string? text, Func<string, T> parse)
        where T : class => text is null ? null : UserMistake.Guard(() => parse(text));

    static int? BatchSize(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "full" => 0,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows >= 1 => rows,
        _ => throw new BackpropException($"--batch is a number of rows, 1 or more, or full; not '{text}'."),
    };

    static bool? OnOff(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw new BackpropException($"--shuffle is on or off, not '{text}'."),
    };
}
