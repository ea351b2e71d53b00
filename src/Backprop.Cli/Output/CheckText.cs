using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>A check of gradients, for people and as JSON. Layers, neurons and rows count from 1.</summary>
static class CheckText
{
    const int PlaceWidth = 24;

    /// <summary>
    /// Where there is less room, the two gradients are left out, then what was left out, and names are cut shorter.
    /// </summary>
    const int WideTable = 100;
    const int NarrowTable = 78;
    const int NarrowPlace = 14;

    static int Width => Console.IsOutputRedirected ? WideTable : Screen.Width - 1;

    public static void Print(ModelGradientCheck check, string source, GradientCheckOptions options)
    {
        GradientCheckResult result = check.Result;
        string rows = check.Rows.Count == check.TableRows
            ? Counted.Of(check.TableRows, "row")
            : $"{EvaluationText.Count(check.Rows.Count)} of {Counted.Of(check.TableRows, "row")}, seed {options.Seed}";
        Results.Line($"{source}: {rows}; {check.Loss}, {Word(check.Model.Recipe.Training.Reduction)} over the rows");
        Results.Line(check.Model.Network.ToString());
        Console.Out.WriteLine();
        Write("", "checked", "left out", "worst error", "where", "analytic", "difference");
        foreach (GradientGroup group in result.Groups)
        {
            string name = group.Tensor == GradientTensor.Inputs ? group.Name : $"layer {group.Layer + 1} {group.Name}";
            string count = $"{EvaluationText.Count(group.Checked)} of {EvaluationText.Count(group.Entries)}";
            string leftOut = EvaluationText.Count(group.LeftOut + group.Unresolved);
            if (group.Worst is { } worst)
            {
                string place = Cut(check.PlaceOf(group, worst));
                Write(name, count, leftOut, Error(worst.Error), place, Value(worst.Analytic), Value(worst.Difference));
            }
            else
            {
                Write(name, count, leftOut, "-", "nothing to compare", "", "");
            }
        }

        Console.Out.WriteLine();
        if (result.LeftOut > 0)
        {
            Results.Line(
                $"Left out: {EvaluationText.Count(result.LeftOut)} with a kink (as of relu at 0) within the smallest step.");
        }

        if (result.Unresolved > 0)
            Results.Line($"Left out: {EvaluationText.Count(result.Unresolved)} too small for differences to tell.");
        Results.Line(Verdict(result));
    }

    public static JsonObject Json(ModelGradientCheck check, string source) => new()
    {
        ["data"] = source,
        ["passed"] = check.Passed,
        ["tolerance"] = check.Result.Tolerance,
        ["worstError"] = MetricsJson.Number(check.Result.WorstError),
        ["checked"] = check.Result.Checked,
        ["leftOutAtKinks"] = check.Result.LeftOut,
        ["leftOutUnresolved"] = check.Result.Unresolved,
        ["loss"] = check.Loss.Name,
        ["reduction"] = Word(check.Model.Recipe.Training.Reduction),
        ["network"] = check.Model.Network.ToString(),
        ["tableRows"] = check.TableRows,
        ["rows"] = new JsonArray([.. check.Rows.Select(row => (JsonNode)(row + 1))]),
        ["tensors"] = new JsonArray([.. check.Result.Groups.Select(group => (JsonNode)Json(check, group))]),
    };

    static JsonObject Json(ModelGradientCheck check, GradientGroup group)
    {
        var json = new JsonObject
        {
            ["tensor"] = group.Name.Replace(" ", "", StringComparison.Ordinal),
            ["layer"] = group.Tensor == GradientTensor.Inputs ? null : group.Layer + 1,
            ["passed"] = group.Passed,
            ["entries"] = group.Entries,
            ["checked"] = group.Checked,
            ["leftOutAtKinks"] = group.LeftOut,
            ["leftOutUnresolved"] = group.Unresolved,
            ["scale"] = MetricsJson.Number(group.Scale),
            ["worst"] = null,
        };
        if (group.Worst is { } worst)
        {
            json["worst"] = new JsonObject
            {
                ["where"] = check.PlaceOf(group, worst),
                ["error"] = MetricsJson.Number(worst.Error),
                ["analytic"] = MetricsJson.Number(worst.Analytic),
                ["difference"] = MetricsJson.Number(worst.Difference),
            };
        }

        return json;
    }

    static string Word(Enum value) => value.ToString().ToLowerInvariant();

    static string Verdict(GradientCheckResult result)
    {
        string figures = result.Worst is null ? "nothing could be checked"
            : $"worst error {Error(result.WorstError)}, tolerance {Error(result.Tolerance)}, "
                + $"{EvaluationText.Count(result.Checked)} checked, "
                + $"{EvaluationText.Count(result.LeftOut + result.Unresolved)} left out";
        if (result.WorstError <= result.Tolerance && !result.Passed && result.Worst is not null)
            figures += "; of some nothing could be checked";
        return $"GRADIENTS {(result.Passed ? "AGREE" : "DO NOT AGREE")}: {figures}";
    }

    static void Write(
        string name, string count, string leftOut, string error, string place, string analytic, string difference) =>
        Console.Out.WriteLine((Width switch
        {
            >= WideTable => $"{name,-16}{count,15}{leftOut,9}{error,12}  {place,-PlaceWidth}{analytic,11}{difference,11}",
            >= NarrowTable => $"{name,-16}{count,15}{leftOut,9}{error,12}  {place}",
            _ => $"{name,-16}{count,15}{error,12}  {place}",
        }).TrimEnd());

    /// <summary>A place that is too long loses the end of its first name, not the neuron that the arrow leads to.</summary>
    static string Cut(string place)
    {
        const string Arrow = " → ";
        int room = Width >= NarrowTable ? PlaceWidth : NarrowPlace;
        int tooMany = place.Length - (room - 1);
        if (tooMany <= 0)
            return place;

        int arrow = place.IndexOf(Arrow, StringComparison.Ordinal);
        return arrow > tooMany
            ? place[..(arrow - tooMany - 1)] + "…" + place[arrow..]
            : place[..(room - 2)] + "…";
    }

    static string Error(double error) =>
        double.IsFinite(error) ? error.ToString("0.0e+0", CultureInfo.InvariantCulture) : "no number";

    static string Value(double value) => value.ToString("g3", CultureInfo.InvariantCulture);
}
