using System.Collections.Immutable;
using System.Globalization;

namespace Backprop;

/// <summary>How files are read for a <see cref="Model"/>.</summary>
public static class ModelReading
{
    extension(Model model)
    {
        /// <summary>
        /// How a file is read for this model: its columns and no others, in the kinds and forms in which training read them,
        /// with the same texts for missing. Nothing is found out anew. A text in a column of numbers, or one that is neither
        /// yes nor no, is counted in <see cref="Predictions.Unseen"/>; a strict model refuses it
        /// (<see cref="Model.AsStrict"/>).
        /// </summary>
        /// <param name="csv">
        /// What is said besides, such as columns whose text is kept; it comes first where both say something.
        /// </param>
        /// <param name="withTarget">
        /// Whether the target is read too, and the column of row weights where the file has it.
        /// </param>
        public CsvOptions ToCsvOptions(CsvOptions csv = default, bool withTarget = false)
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
            ColumnKind? targetKind = TargetKind(model);
            foreach (string target in targetKind is null ? [] : targets)
                kinds[target] = targetKind!.Value;
            foreach ((string name, ColumnKind kind) in csv.Types ?? ImmutableDictionary<string, ColumnKind>.Empty)
                kinds[name] = kind;

            // Whether the file has the weights is not known before it is read.
            string[] only =
                [.. kinds.Keys.Union(targets, StringComparer.Ordinal).Union(csv.KeepText ?? [], StringComparer.Ordinal)];
            CsvOptions options = data.ToCsvOptions(csv);
            return options with
            {
                Types = kinds,
                Numbers = options.Numbers!
                    .Where(pair =>
                        withTarget || !data.Target.Contains(pair.Key, StringComparer.Ordinal) || kinds.ContainsKey(pair.Key))
                    .ToDictionary(StringComparer.Ordinal),
                StrayTexts = model.IsStrict ? null : model.Columns,
                Only = withTarget && data.RowWeights is not null ? null : only,
            };
        }
    }

    /// <summary>
    /// Classes that are numbers are compared as numbers, so that 1 and 1.0 are the same; null for them, as a text among them is
    /// no class rather than no number.
    /// </summary>
    static ColumnKind? TargetKind(Model model) => model.Classes.IsEmpty ? ColumnKind.Number
        : model.Classes.All(IsPlainNumber) ? null
        : ColumnKind.Category;

    static bool IsPlainNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && value.ToString("R", CultureInfo.InvariantCulture) == text;
}
