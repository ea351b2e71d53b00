using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Takes rows through a model: rows → encoded inputs → the engine's record → the first update.</summary>
static class ExplanationBuilder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As the engine's clipping by norm.
    const double NormEpsilon = 1e-6;

    /// <summary>Explains rows of a table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="checkpoint">Where its training stood, to show the next step from there; null for the first step of one that
    /// would begin with the model's parameters.</param>
    /// <exception cref="BackpropException">A row, column, target or weight is missing or does not fit.</exception>
    public static Explanation Of(Model model, Table table, int[] rows, Checkpoint? checkpoint)
    {
        Recipe recipe = model.Recipe;
        TrainingOptions training = UserMistake.Guard(() => recipe.Training.ToOptions(recipe.Seed, hasValidation: false));
        TrainingState<T> state = checkpoint?.Restore<T>(model, training)
            ?? UserMistake.Guard(() => new TrainingState<T>(model.Core.ParametersAs<T>(), training));
        TableMatch match = model.Match(table, rows);
        TargetDecoder target = model.Core.Target;
        ImmutableArray<string> targets = target is ClassTarget classes ? [classes.Column] : ((NumberTarget)target).Columns;
        bool hasTarget = targets.Any(name => match.Table.TryGetColumn(name, out _));
        if (!hasTarget && checkpoint is not null)
            throw new BackpropException(
                $"{table.Source} does not have the target, so there is no update from the checkpoint to show.");
        Examples<T> examples = hasTarget
            ? ShownRows<T>.Of(model, match.Table, training.Loss, rows)
            : ShownRows<T>.WithoutTarget(state.Parameters, model.Core.Encoder, match.Table, rows);
        FlowRecord<T> flow = UserMistake.Guard(() => FlowRecord<T>.Of(
            state.Parameters, examples, training.Loss, training.Reduction, training.Shards));
        Parameters<T> updated = flow.CopyParameters();
        ImmutableArray<Parameters<T>> moments = state.Update.Step == 0 ? [] : [.. state.Update.Moments.Select(Copy)];
        ExplainedUpdate update = Step(flow, updated, training.Update.Resolved, state, checkpoint?.TotalSteps ?? training.Epochs);
        ReadOnlyMatrix<double> inputs = Numbers.Of(flow.Inputs), inputErrors = Numbers.Of(flow.InputErrors);
        return new Explanation(flow, updated)
        {
            Network = model.Network,
            Precision = recipe.Precision,
            Source = table.Source,
            Unseen = match.Unseen,
            Rows = [.. rows],
            Columns = Columns(model.Core.Encoder, table, rows, flow),
            Features = [.. model.Features],
            Outputs = Outputs(target, model.Network.Outputs),
            HasTarget = hasTarget,
            TargetColumns = targets,
            TargetCells =
                [.. rows.Select(row => hasTarget ? targets.Select(name => Cell(table[name], row)).ToImmutableArray() : [])],
            Inputs = inputs,
            CodeColumns = [.. model.Core.Encoder.CodeColumns.Select(column => column.Name)],
            Categories = [.. model.Core.Encoder.CodeColumns.Select(column => column.Operations[0].Texts.GetValueOrDefault([]))],
            Codes = [.. Enumerable.Range(0, flow.Rows).Select(row => flow.Codes[row].ToArray().ToImmutableArray())],
            Targets = Numbers.Of(flow.Targets),
            Loss = training.Loss,
            Reduction = training.Reduction,
            RowLosses = [.. flow.RowLosses.Select(double.CreateTruncating)],
            RowWeights = flow.RowWeights,
            BatchLoss = flow.BatchLoss,
            InputErrors = inputErrors,
            UsesBatchStatistics = flow.UsesBatchStatistics,
            Layers = LayersOf(flow, updated, moments),
            Shards = [.. flow.Shards.Select(ShardOf)],
            Update = update,
        };
    }

    internal static ImmutableArray<ExplainedLayer> LayersOf(
        FlowRecord<T> flow, Parameters<T> updated, ImmutableArray<Parameters<T>> moments) =>
        [.. flow.Layers.Select(layer => LayerOf(layer, updated, moments))];

    static ExplainedShard ShardOf(ShardRecord<T> shard) => new()
    {
        First = shard.First,
        Count = shard.Count,
        Gradients = [.. shard.Gradients.Select(layer => layer.Select(Numbers.OfOptional).ToImmutableArray())],
    };

    static Parameters<T> Copy(Parameters<T> parameters)
    {
        var copy = new Parameters<T>(parameters.Network);
        copy.CopyFrom(parameters);
        return copy;
    }

    static ExplainedUpdate Step(
        FlowRecord<T> flow, Parameters<T> parameters, UpdateOptions options, TrainingState<T> state, long totalSteps)
    {
        var updater = UserMistake.Guard(() => new Updater<T>(flow.Network, options, state.Update));
        double rate = updater.Step(parameters, flow.CopyGradient(), state.Epoch - 1, totalSteps);
        flow.UpdateStatistics(parameters);
        double? norm = options.Clip.Norm is null ? null : updater.GradientNorm();
        return new ExplainedUpdate
        {
            Optimizer = options.Optimizer,
            OptimizerParameters = options.Optimizer.Named.Numbers,
            LearningRate = rate,
            BaseLearningRate = options.LearningRate.GetValueOrDefault(),
            Schedule = options.Schedule,
            Step = state.Update.Step,
            TotalSteps = totalSteps,
            L1 = options.L1,
            L2 = options.L2,
            WeightDecay = options.WeightDecay.GetValueOrDefault(),
            LearningRateFactors = options.LearningRateFactors,
            DecayFactors = options.DecayFactors,
            Clip = options.Clip,
            GradientNorm = norm,
            ClipFactor = norm is { } length ? Math.Min(1, options.Clip.Norm.GetValueOrDefault() / (length + NormEpsilon)) : 1,
        };
    }

    static ExplainedLayer LayerOf(LayerRecord<T> layer, Parameters<T> next, ImmutableArray<Parameters<T>> moments) => new()
    {
        Number = layer.Number,
        Layer = layer.Layer,
        Tensors = [.. layer.Tensors.Select(tensor => TensorOf(tensor, next, moments))],
        U = Numbers.Of(layer.U),
        X = Numbers.Of(layer.X),
        Derivative = Numbers.OfOptional(layer.Derivative),
        OutputErrors = Numbers.OfOptional(layer.OutputErrors),
        Delta = Numbers.Of(layer.Delta),
        Normalised = Numbers.OfOptional(layer.Normalised),
        ShardMeans = Numbers.OfOptional(layer.ShardMeans),
        ShardVariances = Numbers.OfOptional(layer.ShardVariances),
    };

    static ExplainedTensor TensorOf(TensorRecord<T> tensor, Parameters<T> next, ImmutableArray<Parameters<T>> moments)
    {
        int place = next.Network.Layout.Tensors.IndexOf(tensor.Tensor);
        return new ExplainedTensor
        {
            Tensor = tensor.Tensor,
            Values = Numbers.Of(tensor.Values),
            Gradient = Numbers.OfOptional(tensor.Gradient),
            NewValues = Numbers.Of(next.Tensors[place]),
            Change = Numbers.Change(next.Tensors[place], tensor.Values),
            Moments = tensor.Gradient is null ? [] : [.. moments.Select(moment => Numbers.Of(moment.Tensors[place]))],
        };
    }

    static ImmutableArray<ExplainedColumn> Columns(TableEncoder encoder, Table table, int[] rows, FlowRecord<T> flow)
    {
        var columns = ImmutableArray.CreateBuilder<ExplainedColumn>(encoder.Columns.Length);
        LayerRecord<T>? embedded = flow.Layers.FirstOrDefault(layer => layer.Layer is Embed);
        (int feature, int code) = (0, 0);
        int number = embedded is null ? 0 : embedded.Width - embedded.Tensors.Sum(tensor => tensor.Values.Columns);
        foreach (ColumnEncoder encoding in encoder.Columns)
        {
            // What an embedded category becomes pushes as a feature does.
            bool isCode = encoding.GivesCode && embedded is not null;
            (ReadOnlyMatrix<T> values, ReadOnlyMatrix<T> errors) =
                isCode ? (embedded!.X, embedded.OutputErrors!) : (flow.Inputs, flow.InputErrors);
            (int start, int count) = isCode
                ? (number, embedded!.Tensors[code++].Values.Columns) : (feature, encoding.FeatureCount);
            double[] pushes = [.. Enumerable.Range(0, rows.Length).Select(row => Push(values[row], errors[row], start, count))];
            Column column = table[encoding.Name];
            columns.Add(new ExplainedColumn
            {
                Name = encoding.Name,
                Cells = [.. rows.Select(row => Cell(column, row))],
                FirstFeature = feature,
                Features = [.. encoding.Features.Select(each => each.Name)],
                RowPushes = [.. pushes],
                Push = pushes.Sum(),
            });
            feature += encoding.FeatureCount;
            number += isCode ? count : 0;
        }

        return columns.ToImmutable();
    }

    static double Push(ReadOnlySpan<T> values, ReadOnlySpan<T> errors, int start, int count)
    {
        double sum = 0;
        for (int i = start; i < start + count; i++)
            sum += double.CreateTruncating(errors[i]) * double.CreateTruncating(values[i]);
        return sum;
    }

    static ImmutableArray<string> Outputs(TargetDecoder target, int outputs) => target switch
    {
        NumberTarget numbers => numbers.Columns,
        ClassTarget classes when outputs == classes.Classes.Length => classes.Classes,
        ClassTarget classes => [classes.Classes[1]],
        _ => [],
    };

    static string Cell(Column column, int row) => column.HasText ? column.Text(row) : "";
}
