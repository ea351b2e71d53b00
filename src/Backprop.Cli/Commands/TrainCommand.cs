using System.CommandLine;
using System.Runtime.InteropServices;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary><c>backprop train DATA --target COLUMN</c>.</summary>
static class TrainCommand
{
    public static Command Create()
    {
        var data = new DataOptions();
        var flags = new TrainFlags();
        var target = new Option<string[]>("--target")
        {
            Description = "The column to predict; several numbers with commas.",
            HelpName = "COLUMN,…",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "Where the model goes.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "model.onnx",
        };
        var threads = new Option<int>("--threads")
        {
            Description = "The number of threads; changes no bit of the model. Default: as many as the work pays for.",
            HelpName = "N",
        };
        var log = new Option<string?>("--log") { Description = "A file for one JSON line per epoch.", HelpName = "FILE.jsonl" };
        var logSteps = new Option<bool>("--log-steps") { Description = "One line per step, too." };
        var printRecipe = new Option<bool>("--print-recipe") { Description = "Write the whole recipe as JSON, and do not train." };
        Option<bool> json = JsonFlag.Create();

        var command = new Command(
            "train",
            "Trains a network and writes it as an ONNX file.\n\nExample: backprop train sample:iris --target species --out iris.onnx");
        data.AddTo(command);
        command.Add(target);
        command.Add(output);
        flags.AddTo(command);
        foreach (Option option in new Option[] { threads, log, logSteps, printRecipe, json })
            command.Add(option);
        command.SetAction(parsed =>
        {
            TrainOptions basis = flags.Base(parsed);
            DataRecipe? fixedData = basis.Recipe?.Data;
            Table table = data.Read(parsed, fixedData, csv => KindsOf(fixedData, csv));
            IReadOnlyList<string> targets = Lists.Columns(parsed.GetValue(target), table);
            TrainOptions options = flags.ToOptions(
                parsed, basis, table, path => data.ReadOther(parsed, path, fixedData, csv => KindsOf(table, csv))) with
            {
                Missing = data.Missing(parsed),
                Decimal = data.Decimal(parsed),
            };
            if (parsed.GetValue(printRecipe))
            {
                Console.Out.Write(Model.Resolve(table, targets, options).ToJson());
                return ExitCode.Done;
            }

            int threadCount = parsed.GetValue(threads);
            if (threadCount < 0 || threadCount > 1024)
                throw new BackpropException($"--threads is a number from 1 to 1024, or 0 for as many as pay; not {threadCount}.");
            string path = parsed.GetRequiredValue(output);
            AtomicFile.CheckWritable(path);
            return Train(table, targets, options, path, new RunSettings(
                threadCount, parsed.GetValue(log), parsed.GetValue(logSteps), parsed.GetValue(json)));
        });
        return command;
    }

    static int Train(
        Table table, IReadOnlyList<string> targets, TrainOptions options, string path, RunSettings settings)
    {
        using var cancellation = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var line = new LiveLine();
        using LogWriter? log = settings.Log is null ? null : new LogWriter(settings.Log, settings.LogSteps);
        TrainedModel trained = Model.Train(table, targets, options, new RunOptions
        {
            Threads = settings.Threads,
            Progress = line.IsShown ? line : null,
            Observer = log,
            Cancellation = cancellation.Token,
        });
        line.Clear();
        trained.Model.Save(path);
        if (settings.Json)
            Console.Out.WriteLine(TrainReport.Json(trained, path));
        else
            TrainReport.Print(trained, table, path);
        return trained.Stopped == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Done;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            cancellation.Cancel();
        }
    }

    /// <summary>Reads columns as a recipe has them.</summary>
    static CsvOptions KindsOf(DataRecipe? recipe, CsvOptions csv) =>
        recipe is null ? csv : csv with { Types = With(csv.Types, recipe.Columns) };

    /// <summary>Reads columns as another table has them.</summary>
    static CsvOptions KindsOf(Table table, CsvOptions csv) => csv with
    {
        Types = With(csv.Types, table.Columns.Where(column => column.IsUsable)
            .ToDictionary(column => column.Name, column => column.Kind, StringComparer.Ordinal)),
        Only = [.. table.Columns.Where(column => column.IsUsable).Select(column => column.Name)],
    };

    static Dictionary<string, ColumnKind> With(
        IReadOnlyDictionary<string, ColumnKind>? given, IEnumerable<KeyValuePair<string, ColumnKind>> more)
    {
        var kinds = new Dictionary<string, ColumnKind>(more, StringComparer.Ordinal);
        foreach ((string name, ColumnKind kind) in given ?? new Dictionary<string, ColumnKind>())
            kinds[name] = kind;
        return kinds;
    }

    readonly record struct RunSettings(int Threads, string? Log, bool LogSteps, bool Json);
}
