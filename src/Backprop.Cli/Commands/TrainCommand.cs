using System.Collections.Immutable;
using System.CommandLine;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary><c>backprop train DATA --target COLUMN</c>.</summary>
sealed class TrainCommand
{
    readonly DataOptions _data = new();
    readonly TrainFlags _flags = new();
    readonly Option<string[]> _target = new("--target")
    {
        Description = "The column to predict, or several columns of numbers.",
        HelpName = "COLUMN…",
        AllowMultipleArgumentsPerToken = true,
    };

    readonly Option<string> _output = new("--out")
    {
        Description = "Where the model goes.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "model.onnx",
    };

    readonly Option<string?> _threads = new("--threads")
    {
        Description = "The number of threads; changes no bit of the model. Default: as many as the work pays for.",
        HelpName = "N",
    };

    readonly Option<string?> _log = new("--log") { Description = "A file for one JSON line per epoch.", HelpName = "FILE.jsonl" };
    readonly Option<bool> _logSteps = new("--log-steps") { Description = "One line per step in the log, too." };
    readonly CheckpointFlags _checkpoint = new();
    readonly Option<bool> _printRecipe = new("--print-recipe")
    {
        Description = "Write the whole recipe as JSON, and do not train.",
    };

    readonly Option<bool> _json = JsonFlag.Create();

    TrainCommand()
    {
    }

    public static Command Create()
    {
        var train = new TrainCommand();
        var command = new Command("train", "Trains a network and writes it as an ONNX file.");
        train._data.AddTo(command, isLast: true);
        command.Add(train._target);
        command.Add(train._output);
        train._flags.AddTo(command);
        train._checkpoint.AddTo(command);
        foreach (Option option in new Option[] { train._threads, train._log, train._logSteps, train._printRecipe, train._json })
            command.Add(option);
        command.SetAction(train.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        (string path, string[] names) = DataAndTarget(parsed);
        string output = parsed.GetRequiredValue(_output);
        string? log = parsed.GetValue(_log);
        int threads = Numbers.Whole(parsed, _threads, 0, 1024) ?? 0;
        CheckpointOptions? checkpoint = _checkpoint.Options(parsed);
        OutputPlace.ThrowIfSame(("--out", output), ("--log", log), ("--checkpoint", checkpoint?.Path), ("DATA", path));
        if (log is null && parsed.GetValue(_logSteps))
            throw new BackpropException("--log-steps needs a file for the log: --log FILE.jsonl.");
        if (!parsed.GetValue(_printRecipe))
        {
            AtomicFile.CheckWritable(output);
            if (checkpoint is not null)
                AtomicFile.CheckWritable(checkpoint.Path);
            if (log is not null)
                LogWriter.CheckWritable(log);
        }

        Checkpoint? resume = _checkpoint.Resume(parsed);
        TrainOptions basis = _flags.Base(parsed, resume?.Recipe) with { StartFrom = _flags.StartFrom(parsed) };
        DataRecipe? fixedData = basis.Recipe?.Data ?? basis.StartFrom?.Recipe?.Data;
        Messages.Progress($"Reading {path} …");
        Table table = _data.Read(parsed, path, fixedData, csv => KindsOf(fixedData, csv));
        Messages.Progress(null);
        IReadOnlyList<string> targets = names.Length > 0 ? Lists.Columns(names, table)
            : _data.HasImages(parsed) ? [table.Columns[^1].Name]
            : fixedData?.Target ?? throw NoTarget(table);
        string[] ignored = _flags.Ignored(parsed, table);
        TrainOptions options = _flags.ToOptions(
            parsed,
            basis,
            (file, labels) => _data.ReadOther(parsed, file, labels, fixedData, csv => KindsOf(table, ignored, csv))) with
        {
            Ignore = ignored,
            Missing = _data.Missing(parsed),
            Decimal = _data.Decimal(parsed),
        };
        if (parsed.GetValue(_printRecipe))
        {
            Console.Out.Write(Model.Resolve(table, targets, options).ToJson());
            return ExitCode.Done;
        }

        using var run = new TrainRun(log, parsed.GetValue(_logSteps), table.Source);
        TrainedModel trained = run.Train(
            table, targets, options, new RunOptions { Threads = threads, Checkpoint = checkpoint, Resume = resume });
        trained.Model.Save(output);
        if (parsed.GetValue(_json))
            Console.Out.WriteLine(TrainReport.Json(trained, output));
        else
            TrainReport.Print(trained, output);
        if (trained.Stopped != StopReason.Cancelled)
            return ExitCode.Done;
        Messages.Line(TrainReport.Interrupted(trained, output, checkpoint?.Path));
        return ExitCode.Interrupted;
    }

    /// <summary>Where DATA comes after --target COLUMN…, the last of the columns is DATA.</summary>
    (string Data, string[] Target) DataAndTarget(ParseResult parsed)
    {
        string[] target = parsed.GetValue(_target) ?? [];
        if (_data.Path(parsed) is { } path)
            return (path, target);
        return target.Length > 1
            ? (target[^1], target[..^1])
            : throw new BackpropException(
                "backprop train needs DATA: a file, - for standard input, or sample:iris to try it out.");
    }

    static BackpropException NoTarget(Table table)
    {
        const int Listed = 20;
        string names = string.Join(", ", table.Columns.Take(Listed).Select(column => column.Name));
        return new BackpropException(
            $"Say which column is to be predicted: --target COLUMN; {table.Source} has {names}"
            + (table.Columns.Count > Listed ? ", …" : "."));
    }

    /// <summary>Reads columns as a recipe has them.</summary>
    static CsvOptions KindsOf(DataRecipe? recipe, CsvOptions csv) =>
        recipe is null ? csv : csv with { Types = With(csv.Types, recipe.Columns) };

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
