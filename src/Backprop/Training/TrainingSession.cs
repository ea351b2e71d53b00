using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// From a table to a model: plan → encoder → recipe → encoded rows → training → model → its metrics. Everything that can
/// be refused is refused while it is made; <see cref="Train"/> then does the work.
/// </summary>
sealed class TrainingSession<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TrainOptions _options;
    readonly DataPlan _plan;
    readonly TableEncoder _encoder;
    readonly TargetDecoder _target;
    readonly Network _network;
    readonly int _rows;
    InputHashes? _inputs;

    public TrainingSession(Table table, IReadOnlyList<string> targets, TrainOptions options)
    {
        _options = options = UsualNames.Of(options);
        _rows = table.RowCount;
        _plan = DataPlanner.Plan(table, targets, options);
        _encoder = options.StartFrom?.Encoder ?? FitEncoder();
        _plan.Notes.AddRange(LeftOutText.Sentences(_plan.LeftOut));
        Loss? loss = options.Loss
            ?? (options.Recipe is { } recipe ? UserMistake.Guard(() => Loss.Parse(recipe.Training.Loss)) : null);
        _target = options.StartFrom?.Target ?? TargetFit.Of<T>(_plan, options, loss);
        ThrowUnlessStartFits();
        int classes = (_target as ClassTarget)?.Classes.Length ?? 0;
        Recipe = RecipeResolver.Resolve(options, _plan, _encoder, classes, TargetFit.Positive(options, _target));
        _network = MakeNetwork();
        FeatureRoom.ThrowUnlessFits<T>(
            Math.Max(table.RowCount, Math.Max(options.TestTable?.RowCount ?? 0, options.ValidationTable?.RowCount ?? 0)),
            _encoder,
            _network);
    }

    public Recipe Recipe { get; }

    /// <summary>What is trained on, as hashes; computed when asked for.</summary>
    public InputHashes Inputs => _inputs ??= InputHashes.Of(_plan, _encoder, _options.StartFrom?.Hash<T>());

    public TrainedModel Train(RunOptions run)
    {
        TrainingOptions training = Recipe.Training.ToOptions(Recipe.Seed, _plan.Validation.Length > 0);
        InputHashes inputs = Inputs;
        run.Resume?.ThrowUnlessFits(Recipe, inputs);
        TrainingState<T>? state = run.Resume?.Restore<T>(_network, training, _plan.Training.Length);
        Examples<T> rows = Encode(_plan.Table, Weights(_plan.Table));
        Truth truth = Known(_plan.Table);
        HeldRows<T>? validationRows = Hold(_plan.Validation, _plan.ValidationTable, rows, truth);
        HeldRows<T>? testRows = Hold(_plan.Test, _plan.TestTable, rows, truth);
        MetricValidation<T>? validation = MakeValidation(training.Loss, validationRows);
        Examples<T> trainingRows = rows.Take(_plan.Training, scaleWeights: true);
        ThrowUnlessTrainable(training, trainingRows, validation);
        state ??= new TrainingState<T>(Start(), training);
        ImmutableArray<DataWarning> warnings = run.Started is null ? [] : DataDoctor.Examine(_plan, Recipe.Precision);
        bool IsWarnedOf(LeftOutColumn left) => warnings.Any(warning => warning.Column == left.Name);
        run.Started?.Invoke(new TrainingStart
        {
            Recipe = Recipe,
            Network = _network,
            Rows = _rows,
            TrainingRows = _plan.Training.Length,
            Columns = [.. _encoder.Columns.Select(column => column.Name)],
            Step = state.Update.Step,
            Warnings = warnings,
            Notes = [.. _plan.Notes.Except(LeftOutText.Sentences(_plan.LeftOut.Where(IsWarnedOf)), StringComparer.Ordinal)],
        });

        long rowsBefore = state.RowsTaken;
        var observer = new ProgressObserver(
            run, training.Epochs, _plan.Training.Length, rowsBefore, validation?.Metrics ?? [], validation?.Watched ?? 0,
            loss => LossUnits.Rmse(_target, training.Loss, loss));
        var keeper = new StateKeeper<T>(
            run.Checkpoint, Recipe, inputs, _plan.Contract, run.Resume?.Trail ?? [], state.Epoch);
        var watch = Stopwatch.StartNew();
        TrainingResult<T> result = new Trainer<T>(training, run.Threads).Train(
            state, trainingRows, validation, observer, keeper, run.Cancellation);
        watch.Stop();

        Baseline baseline = Baseline.Of(truth.Take(_plan.Training, Targets), _target);
        Model measured = MakeModel(result.Parameters, baseline);
        (Evaluation? onValidation, Evaluation? onTest) =
            (Measure(measured, validationRows, baseline), Measure(measured, testRows, baseline));
        Model model = measured.With(Model.TrainingKey, new TrainingRecord
        {
            Inputs = inputs,
            Steps = result.Steps,
            Interrupted = result.Stopped == StopReason.Cancelled,
            Trail = keeper.Trail,
            Validation = TrainingRecord.Metrics(onValidation?.Values, _plan.Contract),
            Test = TrainingRecord.Metrics(onTest?.Values, _plan.Contract),
        }.ToJson());
        (Evaluation? looked, Table? own, int[] held) = onTest is null
            ? (onValidation, _plan.ValidationTable, _plan.Validation) : (onTest, _plan.TestTable, _plan.Test);
        return new TrainedModel
        {
            Model = model,
            Warnings = run.Started is null || looked is null ? [] : [.. TooGood.Find(model, looked, own ?? _plan.Table, held)],
            TrainingRows = _plan.Training.Length,
            Rows = _rows,
            ZeroWeightRows = _plan.ZeroWeightRows,
            Features = _encoder.Features.Length,
            Notes = _plan.Notes,
            Epochs = result.Epochs,
            BestEpoch = result.BestEpoch,
            Steps = result.Steps,
            Stopped = result.Stopped,
            TrainLoss = result.Loss,
            Validation = onValidation,
            Test = onTest,
            CheckpointFailure = keeper.LastFailure,
            Elapsed = watch.Elapsed,
            RowsPerSecond = (result.RowsTaken - rowsBefore) / watch.Elapsed.TotalSeconds,
        };
    }

    /// <summary>The model as it stood at a checkpoint, with the parameters of its last step.</summary>
    public Model ModelAt(Checkpoint checkpoint)
    {
        checkpoint.ThrowUnlessFits(Recipe, Inputs);
        TrainingState<T> state = checkpoint.Restore<T>(
            _network, Recipe.Training.ToOptions(Recipe.Seed, _plan.Validation.Length > 0), _plan.Training.Length);
        Baseline baseline = Baseline.Of(Known(_plan.Table).Take(_plan.Training, Targets), _target);
        return MakeModel(state.Parameters, baseline).With(Model.TrainingKey, new TrainingRecord
        {
            Inputs = Inputs,
            Steps = state.Update.Step,
            Interrupted = true,
            Trail = checkpoint.Trail,
            Validation = null,
            Test = null,
        }.ToJson());
    }

    int Targets => (_target as NumberTarget)?.Columns.Length ?? 1;

    TableEncoder FitEncoder()
    {
        ImmutableArray<string> missing =
            [.. _options.Missing ?? _options.Recipe?.Data.Missing ?? CsvOptions.UsualMissingTokens];
        bool codes = UserMistake.Guard(() => HiddenLayers.EmbedOf(_options)) is not null;
        return CellFault.In(
            _plan.Table,
            () => TableEncoding.Fit<T>(
                _plan.Inputs, _plan.Training, _plan.Encode, missing, _plan.Contract, _plan.LeftOut, codes));
    }

    /// <summary>A model that training starts from brings what its outputs mean and how columns become its inputs.</summary>
    void ThrowUnlessStartFits()
    {
        if (_options.StartFrom is not { Target: { } target, Recipe: { } recipe })
            return;

        const string Start = "The model that training starts from";
        IReadOnlyList<string> columns = target is ClassTarget classes ? [classes.Column] : ((NumberTarget)target).Columns;
        if (!columns.SequenceEqual(_plan.Targets, StringComparer.Ordinal))
            throw new BackpropException(
                $"{Start} predicts {string.Join(", ", columns)}, not {string.Join(", ", _plan.Targets)}.");
        if (_plan.Task == TaskKind.Classify != target is ClassTarget)
        {
            throw new BackpropException(target is ClassTarget
                ? $"{Start} predicts classes, so the task is to classify, not to regress."
                : $"{Start} estimates numbers, so the task is to regress, not to classify.");
        }

        if (_plan.Encode != recipe.Data.Encode)
        {
            throw new BackpropException(
                $"{Start} brings its encoders, --encode {EnumWords<EncodeKind>.Of(recipe.Data.Encode)}; leave that option out.");
        }

        if (_encoder.Columns.FirstOrDefault(column => !_plan.Inputs.Any(input => input.Name == column.Name)) is { } missing
            && (_plan.RowWeights == missing.Name || _options.Ignore.Contains(missing.Name, StringComparer.Ordinal)))
        {
            throw new BackpropException($"{Start} needs the column '{missing.Name}', so it cannot be left out.");
        }
    }

    Network MakeNetwork()
    {
        try
        {
            int outputs = RecipeResolver.Outputs(Recipe.Network, _target);
            Network network = RecipeResolver.ToNetwork(
                Recipe, _encoder.FeatureCount, outputs, _options.OwnActivations, EmbedOf);
            Loss.Parse(Recipe.Training.Loss).ThrowUnlessFits(network);
            Recipe.Training.ToOptions(Recipe.Seed, hasValidation: true).Update.ThrowUnlessFits(network);
            if (_options.StartFrom is { } start && !start.Network.Equals(network.WithoutDropout))
            {
                throw new BackpropException(
                    $"Training cannot start from the network {start.Network}: these data need {network.WithoutDropout}.");
            }

            return network;
        }
        catch (ArgumentException error)
        {
            throw UserMistake.Of(error);
        }
    }

    /// <summary>
    /// The embeddings that a recipe asks for: a table for each column whose categories the encoder makes codes of.
    /// </summary>
    Embed EmbedOf(EmbedSpec spec)
    {
        ImmutableArray<ColumnEncoder> columns = _encoder.CodeColumns;
        return columns.IsEmpty
            ? throw new BackpropException($"The layer {spec} is for columns of categories, and there are none; leave it out.")
            : new Embed(Embeddings.For(columns.Select(column => column.Categories), spec.Width));
    }

    Parameters<T> Start()
    {
        if (_options.StartFrom is { } start)
            return start.Parameters<T>().As(_network);

        var parameters = new Parameters<T>(_network);
        Initializer[] initializers = [.. Recipe.Network.Initializers.Select(Initializer.Parse)];
        int dense = 0;
        for (int k = 0; k < _network.Layers.Length; k++)
        {
            // Only what neurons multiply by is drawn by an initializer; any lets other layers begin as they do.
            int index = _network.Layers[k] is Dense ? dense++ : 0;
            initializers[index].Fill(parameters, k, Recipe.Seed);
        }

        Embeddings.ClearUnknown(parameters);

        return parameters;
    }

    Examples<T> Encode(Table table, double[]? weights)
    {
        bool asIndices = Loss.Parse(Recipe.Training.Loss).Kind == LossKind.Softmax;
        TableMatch match = CellFault.In(table, () => TableMatch.Of(table, _encoder));
        // Rows held out of the training table may have categories of their own; a model or a file of another time should not.
        if (table != _plan.Table || _options.StartFrom is not null)
            _plan.Notes.AddRange(match.Unseen.Select(cells => $"{table.Source}: {cells}"));
        return EncodedRows<T>.Of(match.Table, _encoder, _target, _network.Outputs, asIndices, weights);
    }

    double[]? Weights(Table table)
    {
        double[] own = [];
        if (_plan.RowWeights is { } column)
            own = WeightColumn.Read(table, column);

        if (Recipe.Data.ClassWeights is not { } text)
            return RowWeights.Product(own, [], []);
        if (_target is not ClassTarget target)
            throw new BackpropException("Class weights are for classes, not for numbers.");

        int[] classes = TargetValues.Classes(table, target);
        double[] classWeights = text == "balanced"
            ? RowWeights.Balanced([.. _plan.Training.Select(row => classes[row])], target.Classes.Length)
            : RowWeights.ByName(ClassWeightText.Parse(text), target.Classes);
        return RowWeights.Product(own, classes, classWeights);
    }

    /// <summary>The rows to measure on, of a table of their own or of the rows of all; null for none.</summary>
    HeldRows<T>? Hold(int[] held, Table? table, Examples<T> rows, Truth truth)
    {
        if (table is not null)
        {
            Truth own = Known(table);
            return new HeldRows<T>(Encode(table, own.Weights.Length == 0 ? null : own.Weights), own);
        }

        return held.Length == 0 ? null : new HeldRows<T>(rows.Take(held), truth.Take(held, Targets));
    }

    /// <summary>What is true of a table's rows, and how much each counts.</summary>
    Truth Known(Table table) => Truth.Of(
        table, _target, _plan.Contract.WeighsFigures ? CountedRows.Of(table, _plan.RowWeights).Weights : []);

    MetricValidation<T>? MakeValidation(Loss loss, HeldRows<T>? rows)
    {
        if (rows is null)
            return null;
        int positive = _target is ClassTarget classes ? classes.Classes.IndexOf(Recipe.Data.Positive ?? "") : 0;
        return new MetricValidation<T>(
            _network, loss, rows.Examples, _target, rows.Truth, Recipe.Training.Metric, Math.Max(0, positive));
    }

    static void ThrowUnlessTrainable(TrainingOptions training, Examples<T> rows, MetricValidation<T>? validation)
    {
        if (!(rows.TotalWeight() > 0))
            throw new BackpropException("No row to train on has a weight above 0.");
        if (training.Update.Schedule.NeedsMetric && validation is null)
        {
            throw new BackpropException(
                $"The schedule {training.Update.Schedule} follows the metric on the validation rows, and there are none; "
                + "hold some out with --validation 0.2.");
        }
    }

    Model MakeModel(Parameters<T> trained, Baseline baseline)
    {
        Parameters<T> parameters = trained.As(_network.WithoutDropout);
        var core = new ModelCoreOf<T>(parameters)
        {
            Encoder = _encoder,
            Target = _target,
            Metadata = ImmutableSortedDictionary<string, string>.Empty,
        };
        ImmutableSortedDictionary<string, string> metadata = core.Metadata
            .Add(Model.RecipeKey, Recipe.ToJson())
            .Add(Model.ParameterHashKey, core.ParameterHash)
            .Add(Model.ModelHashKey, core.ModelHash)
            .Add(Model.NumericVersionKey, _plan.Contract.Version.ToString(CultureInfo.InvariantCulture));
        string? guess = baseline.Class?.ToString(CultureInfo.InvariantCulture)
            ?? baseline.Mean?.ToString("R", CultureInfo.InvariantCulture);
        if (guess is not null)
            metadata = metadata.Add(Model.BaselineKey, guess);
        return new Model(
            new ModelCoreOf<T>(parameters) { Encoder = _encoder, Target = _target, Metadata = metadata }, Recipe);
    }

    static Evaluation? Measure(Model model, HeldRows<T>? rows, Baseline baseline)
    {
        if (rows is null)
            return null;
        double[] decoded = ((ModelCoreOf<T>)model.Core).Predict(rows.Examples);
        return model.Evaluate(model.Wrap(decoded), rows.Truth, baseline);
    }
}
