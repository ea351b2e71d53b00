using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace Backprop.Cli;

/// <summary>The model that a verb takes, and how data are read for it.</summary>
static class ModelArgument
{
    public static Argument<string> Create() => new("MODEL") { Description = "An ONNX file that train wrote." };

    /// <summary>Reads columns as the model has them, and no others but those asked for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="csv">How the flags say to read.</param>
    /// <param name="withTarget">Whether the target is needed.</param>
    /// <param name="keep">Columns whose text is needed as it stands.</param>
    /// <param name="takesStrays">Whether a text in a column of numbers counts as missing.</param>
    public static CsvOptions Adjust(
        Model model, CsvOptions csv, bool withTarget, IReadOnlyList<string> keep, bool takesStrays = false)
    {
        DataRecipe data = model.Recipe.Data;
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
        foreach (string column in model.Columns)
        {
            // A text that is neither yes nor no is unknown to the model, not an error.
            ColumnKind kind = data.Columns.TryGetValue(column, out ColumnKind known) ? known : ColumnKind.Number;
            kinds[column] = kind == ColumnKind.YesNo ? ColumnKind.Category : kind;
        }

        IReadOnlyList<string> targets = withTarget ? data.Target : [];
        foreach (string target in targets)
        {
            if (TargetKind(model) is { } kind)
                kinds[target] = kind;
        }

        foreach ((string name, ColumnKind kind) in csv.Types ?? ImmutableDictionary<string, ColumnKind>.Empty)
            kinds[name] = kind;
        return data.ToCsvOptions(csv) with
        {
            Types = kinds,
            StrayTexts = takesStrays ? model.Columns : null,
            Only = [.. kinds.Keys.Union(targets, StringComparer.Ordinal).Union(keep, StringComparer.Ordinal)],
            KeepText = keep,
        };
    }

    /// <summary>Reads the column of row weights too where the data have it; which columns there are is not known before.</summary>
    public static CsvOptions WithWeights(Model model, CsvOptions csv) =>
        model.Recipe.Data.RowWeights is null ? csv : csv with { Only = null };

    /// <summary>
    /// Classes that are numbers are compared as numbers, so that 1 and 1.0 are the same; null for them, as a text among them is no class
    /// rather than no number.
    /// </summary>
    static ColumnKind? TargetKind(Model model) => model.Classes.IsEmpty ? ColumnKind.Number
        : model.Classes.All(IsPlainNumber) ? null
        : ColumnKind.Category;

    static bool IsPlainNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && value.ToString("R", CultureInfo.InvariantCulture) == text;
}
