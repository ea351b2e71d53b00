using System.Collections.Immutable;

namespace Backprop;

/// <summary>What a recipe says of the data: which columns, how they are read, and which rows are held out.</summary>
public sealed record DataRecipe
{
    static readonly Dictionary<string, string> s_noFormats = [];

    /// <summary>The target columns.</summary>
    public required IReadOnlyList<string> Target { get; init; }

    /// <summary>What is to be predicted.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>The kind of each column that the model learns from, by name.</summary>
    public required IReadOnlyDictionary<string, ColumnKind> Columns { get; init; }

    /// <summary>How columns become inputs.</summary>
    public required EncodeKind Encode { get; init; }

    /// <summary>What becomes of rows without a target.</summary>
    public MissingTarget MissingTarget { get; init; }

    /// <summary>The texts that mean "missing".</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The texts that mean "missing" where the rest of a column is numbers.</summary>
    public IReadOnlyList<string> MissingInNumbers { get => field ?? []; init; }

    /// <summary>The decimal sign of numbers, a point or a comma.</summary>
    public required string Decimal { get; init; }

    /// <summary>
    /// How columns, the target too, write their numbers where that is more than digits with the decimal sign, by name: see
    /// <see cref="NumberFormat"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Numbers { get => field ?? s_noFormats; init; }

    /// <summary>
    /// The fraction of the rows held out for validation; null where the validation rows are a table of their own.
    /// </summary>
    public required double? Validation { get; init; }

    /// <summary>The fraction of the rows held out for the test; null where there is none or it is a table of its own.</summary>
    public required double? Test { get; init; }

    /// <summary>The column of row weights, or null.</summary>
    public required string? RowWeights { get; init; }

    /// <summary>Class weights: <c>balanced</c> or <c>class=weight,class=weight</c>; null for none.</summary>
    public required string? ClassWeights { get; init; }

    /// <summary>
    /// The class that two-class metrics take for the positive one, or null for more than two classes or numbers.
    /// </summary>
    public required string? Positive { get; init; }

    /// <summary>
    /// How a file is read as the training read its own: columns and target of the same kinds, numbers written in the same way,
    /// the same texts for missing. Nothing is found out anew.
    /// </summary>
    /// <param name="csv">What is said besides; it comes first where both say something.</param>
    public CsvOptions ToCsvOptions(CsvOptions csv = default)
    {
        var kinds = new Dictionary<string, ColumnKind>(Columns, StringComparer.Ordinal);
        var numbers = new Dictionary<string, NumberFormat>(StringComparer.Ordinal);
        var plain = NumberFormat.Plain(csv.Decimal ?? Decimal[0]);
        IEnumerable<string> ofNumbers = Columns.Where(static pair => pair.Value == ColumnKind.Number)
            .Select(static pair => pair.Key);
        foreach (string name in Task == TaskKind.Regress ? ofNumbers.Concat(Target) : ofNumbers)
            numbers[name] = plain;
        foreach ((string name, string format) in Numbers)
            numbers[name] = NumberFormat.Parse(format);
        foreach ((string name, ColumnKind kind) in csv.Types ?? ImmutableDictionary<string, ColumnKind>.Empty)
            kinds[name] = kind;
        foreach ((string name, NumberFormat format) in csv.Numbers ?? ImmutableDictionary<string, NumberFormat>.Empty)
            numbers[name] = format;
        return csv.WithMissing(Missing, MissingInNumbers) with
        {
            Types = kinds,
            Numbers = numbers,
            Decimal = csv.Decimal ?? (Decimal == "," ? ',' : null),
            Labels = Target,
            AreLabels = Task == TaskKind.Classify,
        };
    }
}
