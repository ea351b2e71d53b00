using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>A model's card: what it predicts, from what, how good, how it was made, and what other runtimes see of it.</summary>
static class InfoText
{
    const int Indent = 2;
    const int MostColumns = 30;
    const int MostValues = 12;
    const int WidestName = 24;

    public static void Print(Model model, OnnxFile file)
    {
        TargetAndColumns(model, file.Name);
        Quality(model);
        Making(model);
        OtherRuntimes(file, model);
        Console.Out.WriteLine();
        Results.Line("The file holds the names of these columns and the values of their categories.");
        Console.Out.WriteLine("Recipe:");
        Console.Out.Write(model.Recipe.ToJson());
    }

    static void TargetAndColumns(Model model, string path)
    {
        string target = string.Join(", ", model.Recipe.Data.Target);
        Results.Line(model.Classes.IsEmpty
            ? $"{path} estimates {target}: {(model.Recipe.Data.Target.Count == 1 ? "a number" : "numbers")}"
                + $"{string.Concat(model.Recipe.Data.Target.Select(name => Written(model.Recipe.Data, name)))}."
            : $"{path} predicts {target}: one of {Counted.Of(model.Classes.Length, "class", "classes")} "
                + $"({Listed(model.Classes)}).");
        ColumnCard[] cards = [.. model.Core.Encoder.Columns.Select(column => ColumnCard.Of(column, model.Recipe.Data.Columns))];
        Heading($"From {Counted.Of(cards.Length, "column")}, as {InputsText.Of(model.Network)}");
        Table(cards.Take(MostColumns).Select(card => (card.Name, Cells(card, model.Recipe.Data))));
        if (cards.Length > MostColumns)
            Line($"… and {cards.Length - MostColumns} more; --json has them all");
    }

    static string Cells(ColumnCard card, DataRecipe data)
    {
        string what = card switch
        {
            { NoCount: > 0 } => $"yes ({Listed(card.Values[card.NoCount..])}) or no ({Listed(card.Values[..card.NoCount])})",
            { Values.Length: > 0 } => $"category: {Listed(card.Values)}",
            { Mean: { } mean, Deviation: { } deviation } =>
                $"number, in training {EvaluationText.Short(mean)} ± {EvaluationText.Short(deviation)}",
            _ => "number, taken as it is",
        };
        what += Written(data, card.Name);
        return card.TellsMissing ? $"{what}; may be missing" : what;
    }

    /// <summary>How files write a column's numbers, where that is more than digits with the decimal sign.</summary>
    static string Written(DataRecipe data, string column) =>
        data.Numbers.TryGetValue(column, out string? format) ? $"; 1234.5 is written {format}" : "";

    static void Quality(Model model)
    {
        if (!model.HasTraining)
            return;
        TrainingRecord training = model.Training;
        Heading("How good");
        Score(
            "Test, not used for choosing", training.Test, model.Recipe.Data.Test, training.Inputs.Test, training.Inputs.Training);
        Score(
            "Validation, used for stopping", training.Validation, model.Recipe.Data.Validation, training.Inputs.Validation,
            training.Inputs.Training);
        if (training is { Test: null, Validation: null })
            Line("No rows were held out to measure on.");
    }

    static void Score(
        string name, ImmutableSortedDictionary<string, double?>? metrics, double? share, TableHash? own, TableHash all)
    {
        if (metrics is null)
            return;
        string rows = own is not null ? $"{Counted.Of(own.Rows, "row")} of a table of their own"
            : $"{EvaluationText.Percent(share ?? 0)} of {Counted.Of(all.Rows, "row")}";
        IEnumerable<string> values = MetricNames.All.Where(metrics.ContainsKey)
            .Select(metric => (metric, Value: metrics[metric])).Where(pair => pair.Value is not null)
            .Select(pair => $"{pair.metric} {EvaluationText.Short(pair.Value!.Value)}");
        Line($"{name} ({rows}): {string.Join(", ", values)}");
    }

    static void Making(Model model)
    {
        Heading("Network and training");
        Line($"{model.Network}, {Counted.Of(model.Network.ParameterCount, "parameter")}, "
            + $"{model.Recipe.Precision.ToString().ToLowerInvariant()} precision");
        if (model.HasTraining)
        {
            TrainingRecord training = model.Training;
            Line(
                $"Trained {Counted.Of(training.Steps, "step")}{(training.Interrupted ? ", then interrupted," : "")} on a table "
                + $"of {Counted.Of(training.Inputs.Training.Rows, "row")}, numeric version {model.NumericVersion}");
            Line($"Data hash      {training.Inputs.Training.Hash}");
        }

        Line($"Parameter hash {model.ParameterHash}");
        Line($"Model hash     {model.ModelHash}");
    }

    static void OtherRuntimes(OnnxFile file, Model model)
    {
        ImmutableArray<string> classes = model.Classes;
        Heading("Inputs in any ONNX runtime");
        Table(file.Inputs.Take(MostColumns).Select(input => (input.Name, Text(input))));
        if (file.Inputs.Count > MostColumns)
            Line($"… and {file.Inputs.Count - MostColumns} more; --json has them all");
        foreach (string sentence in OnnxNames.Sentences(model))
            Line(sentence);
        Heading("Outputs");
        Table(file.Outputs.Select(output => (
            output.Name,
            output.Shape.Count > 1 && !classes.IsEmpty ? $"{Text(output)}, in the order {Listed(classes)}" : Text(output))));
    }

    static string Text(OnnxValue value) => $"{value.Type} [{string.Join(", ", value.Shape)}]";

    static string Listed(ImmutableArray<string> values) => string.Join(", ", values.Take(MostValues))
        + (values.Length > MostValues ? $" and {values.Length - MostValues} more" : "");

    static void Heading(string text)
    {
        Console.Out.WriteLine();
        Results.Line(text);
    }

    static void Line(string text) => Results.Line(new string(' ', Indent) + text, 2 * Indent);

    static void Table(IEnumerable<(string Name, string Text)> lines)
    {
        (string Name, string Text)[] all = [.. lines];
        int width = Math.Min(WidestName, all.Max(line => line.Name.Length));
        foreach ((string name, string text) in all)
            Line($"{name.PadRight(width)}  {text}");
    }
}
