using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Trains a model again from the recipe that it carries, and compares: the file with itself, the data, the recipe, the numeric
/// version, the parameters along the way and at the end, the metrics, and at last every byte of the file.
/// </summary>
sealed class Reproducer(Model model, long? steps, RunOptions run)
{
    readonly TrainingRecord _record = model.Training;

    /// <summary>Whether only some first steps are trained again.</summary>
    bool IsPartial => steps < _record.Steps;

    public Reproduction Run<T>(Table table, IReadOnlyList<string> targets, TrainOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (FileDifference() is { } changed)
            return Differs("file", changed);

        var session = new TrainingSession<T>(table, targets, options);
        if (_record.Inputs.Difference(session.Inputs) is { } data)
            return Differs("data", $"{data}.");
        if (RecipeDifference.Of(model.Recipe, session.Recipe) is { } field)
            return Differs("recipe", $"{field}.");
        if (VersionDifference() is { } version)
            return Differs("version", version);

        using var limit = new StepLimit(
            run, IsPartial || _record.Interrupted ? Math.Min(steps ?? long.MaxValue, _record.Steps) : null);
        TrainedModel trained = session.Train(limit.Options);
        TrainingRecord record = trained.Model.Training;
        (string In, string Sentence)? difference = StepDifference(record)
            ?? (IsPartial ? null : EndDifference(trained.Model, record));
        return new Reproduction
        {
            DiffersIn = difference?.In,
            Difference = difference?.Sentence,
            Steps = trained.Steps,
            ModelSteps = _record.Steps,
            HashesCompared = Math.Min(record.Trail.Length, _record.Trail.Length),
            ParameterHash = trained.Model.ParameterHash,
            ModelHash = trained.Model.ModelHash,
        };
    }

    Reproduction Differs(string part, string sentence) =>
        new() { DiffersIn = part, Difference = sentence, ModelSteps = _record.Steps };

    /// <summary>The file's own hashes, which a changed number would not have.</summary>
    string? FileDifference()
    {
        ImmutableSortedDictionary<string, string> metadata = model.Core.Metadata;
        if (metadata.GetValueOrDefault(Model.ParameterHashKey) != model.ParameterHash)
            return "its parameters do not have the parameter hash that it carries; it was changed after it was saved.";
        return metadata.GetValueOrDefault(Model.ModelHashKey) == model.ModelHash ? null
            : "its encoders or classes do not give the model hash that it carries; it was changed after it was saved.";
    }

    string? VersionDifference() => new NumericContract(model.NumericVersion).IsKnown ? null
        : $"it was trained with numeric version {model.NumericVersion}, and this program has those up to "
            + $"{NumericVersion.Current}.";

    (string, string)? StepDifference(TrainingRecord record)
    {
        for (int i = 0; i < Math.Min(record.Trail.Length, _record.Trail.Length); i++)
        {
            (StepHash there, StepHash here) = (_record.Trail[i], record.Trail[i]);
            if (there != here)
            {
                string before = i == 0 ? "the very first" : $"one after step {_record.Trail[i - 1].Step}";
                return ("step", $"the parameters after step {there.Step} have the hash {there.ParameterHash} there and "
                    + $"{here.ParameterHash} here, so the first step that differs is {before}.");
            }
        }

        return record.Steps == _record.Steps || IsPartial ? null
            : ("step", $"it was trained {Counted.Of(_record.Steps, "step")} there, and {record.Steps} here.");
    }

    (string, string)? EndDifference(Model here, TrainingRecord record)
    {
        if (here.ParameterHash != model.ParameterHash)
            return ("parameters", $"the parameter hash is {model.ParameterHash} there and {here.ParameterHash} here.");
        if (here.ModelHash != model.ModelHash)
            return ("model", $"the model hash is {model.ModelHash} there and {here.ModelHash} here.");
        if ((MetricDifference(_record.Validation, record.Validation)
            ?? MetricDifference(_record.Test, record.Test)) is { } metric)
        {
            return ("metrics", metric);
        }

        return here.Core.ToOnnx().AsSpan().SequenceEqual(model.Core.ToOnnx()) ? null
            : ("model", "its file says something else of its training than comes of it here.");
    }

    static string? MetricDifference(
        ImmutableSortedDictionary<string, double?>? there, ImmutableSortedDictionary<string, double?>? here)
    {
        foreach (string name in (there?.Keys ?? []).Union(here?.Keys ?? [], StringComparer.Ordinal))
        {
            (double? one, double? other) = (there?.GetValueOrDefault(name), here?.GetValueOrDefault(name));
            if (!Nullable.Equals(one, other))
                return $"the metric {name} is {Text(one)} there and {Text(other)} here.";
        }

        return null;
    }

    static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "not known";
}
