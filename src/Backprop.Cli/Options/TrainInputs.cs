using System.Collections.Immutable;
using System.CommandLine;

namespace Backprop.Cli;

/// <summary>What goes into a training, by the flags: the tables, the target, and all that was asked.</summary>
sealed class TrainInputs
{
    readonly DataOptions _data = new();
    readonly TrainFlags _flags = new();
    readonly Option<string[]> _target = new("--target", "-t")
    {
        Description = "The column to predict, or several columns of numbers. Default: the label of images; with --recipe FILE or "
            + "--resume what it says.",
        HelpName = "COLUMN…",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds DATA and --target to a verb.</summary>
    public void AddDataTo(Command command)
    {
        _data.AddTo(command, isLast: true);
        command.Add(_target);
    }

    /// <summary>Adds the flags that a recipe is made of.</summary>
    public void AddRecipeTo(Command command) => _flags.AddTo(command);

    /// <summary>What DATA is. Where it comes after --target COLUMN…, it is the last of the columns.</summary>
    public string Path(ParseResult parsed) => DataAndTarget(parsed).Data;

    /// <summary>Reads everything that the flags name.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="recipe">The recipe to begin from where the flags name none, or null.</param>
    public (Table Table, IReadOnlyList<string> Targets, TrainOptions Options) Read(ParseResult parsed, Recipe? recipe)
    {
        (string path, string[] names) = DataAndTarget(parsed);
        TrainOptions basis = _flags.Base(parsed, recipe) with { StartFrom = _flags.StartFrom(parsed) };
        DataRecipe? fixedData = basis.Recipe?.Data ?? basis.StartFrom?.Recipe?.Data;
        Messages.Progress($"Reading {path} …");
        TaskKind? task = _flags.Task(parsed) ?? fixedData?.Task;
        Table table = _data.Read(
            parsed,
            path,
            fixedData,
            (csv, known) => fixedData?.ToCsvOptions(csv) ?? csv with
            {
                Labels = task == TaskKind.Regress ? null : ColumnNames.Parse(names, known),
                AreLabels = task == TaskKind.Classify,
            });
        Messages.Progress(null);
        string[] columns = [.. table.Columns.Select(column => column.Name)];
        IReadOnlyList<string> targets = names.Length > 0 ? ColumnNames.Parse(names, columns)
            : _data.HasImages(parsed) ? [table.Columns[^1].Name]
            : fixedData?.Target ?? throw NoTarget(table);
        string[] ignored = _flags.Ignored(parsed, columns);
        TrainOptions options = _flags.ToOptions(
            parsed,
            basis,
            columns,
            (file, labels) => _data.ReadOther(parsed, file, labels, fixedData, csv => KindsOf(table, ignored, csv))) with
        {
            Positive = _flags.Positive(parsed, ClassesOf(table, targets)),
            Ignore = ignored,
            Missing = _data.Missing(parsed, fixedData),
            MissingInNumbers = _data.MissingInNumbers(parsed, fixedData),
            Decimal = _data.Decimal(parsed),
        };
        return (table, targets, options);
    }

    (string Data, string[] Target) DataAndTarget(ParseResult parsed)
    {
        string[] target = parsed.GetValue(_target) ?? [];
        if (_data.Path(parsed) is { } path)
            return (path, target);
        return target.Length > 1
            ? (target[^1], target[..^1])
            : throw new BackpropException(
                $"backprop {parsed.CommandResult.Command.Name} needs DATA: a file, - for standard input, or sample:iris to try "
                + "it out.");
    }

    static IReadOnlyCollection<string> ClassesOf(Table table, IReadOnlyList<string> targets) =>
        targets.Count == 1 && table.TryGetColumn(targets[0], out Column? target) ? target.Categories : [];

    static BackpropException NoTarget(Table table)
    {
        const int Listed = 20;
        string names = string.Join(", ", table.Columns.Take(Listed).Select(column => column.Name));
        return new BackpropException(
            $"Say which column is to be predicted: --target COLUMN; {table.Source} has {names}"
            + (table.Columns.Count > Listed ? " and more." : "."));
    }

    /// <summary>Reads columns as another table has them. A text that is neither yes nor no is then unknown, not an
    /// error.</summary>
    static CsvOptions KindsOf(Table table, string[] ignored, CsvOptions csv)
    {
        Column[] columns =
            [.. table.Columns.Where(column => column.IsUsable && !ignored.Contains(column.Name, StringComparer.Ordinal))];
        return csv with
        {
            Types = With(csv.Types, columns.Select(column => KeyValuePair.Create(
                column.Name, column.Kind == ColumnKind.YesNo ? ColumnKind.Category : column.Kind))),
            Numbers = columns.Where(column => column.Kind == ColumnKind.Number).ToDictionary(
                column => column.Name,
                column => column.NumberFormat ?? NumberFormat.Plain(csv.Decimal ?? '.'),
                StringComparer.Ordinal),
            Only = [.. columns.Select(column => column.Name)],
        };
    }

    static Dictionary<string, ColumnKind> With(
        IReadOnlyDictionary<string, ColumnKind>? given, IEnumerable<KeyValuePair<string, ColumnKind>> more)
    {
        var kinds = new Dictionary<string, ColumnKind>(more, StringComparer.Ordinal);
        foreach ((string name, ColumnKind kind) in given ?? ImmutableDictionary<string, ColumnKind>.Empty)
            kinds[name] = kind;
        return kinds;
    }
}
