using System.Runtime.InteropServices;

namespace Backprop.Cli;

/// <summary>
/// A training that shows where it stands, writes its log, and ends early at Ctrl-C or when its terminal closes.
/// </summary>
sealed class TrainRun : IDisposable
{
    readonly CancellationTokenSource _cancellation = new();
    readonly PosixSignalRegistration[] _signals;
    readonly ProgressDisplay _display;
    readonly LogWriter? _log;
    readonly string _source;
    Recipe? _recipe;
    volatile bool _hasTrained;

    /// <summary>A training.</summary>
    /// <param name="log">Where the log goes, or null.</param>
    /// <param name="logSteps">Whether steps are logged too.</param>
    /// <param name="eachEpoch">Whether every epoch is told of, in a line of its own.</param>
    /// <param name="source">What to call the data.</param>
    public TrainRun(string? log, bool logSteps, bool eachEpoch, string source)
    {
        _source = source;
        _display = new ProgressDisplay(eachEpoch);
        _log = log is null ? null : new LogWriter(log, logSteps);
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, Stop))];
    }

    /// <summary>Whether training has begun, after which only the machine can fail.</summary>
    public bool HasBegun => _recipe is not null;

    /// <summary>Trains.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="targets">The columns to be predicted.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="run">Threads and checkpoints.</param>
    public TrainedModel Train(Table table, IReadOnlyList<string> targets, TrainOptions options, RunOptions run)
    {
        TrainedModel trained = Model.Train(table, targets, options, run with
        {
            Checkpoint = run.Checkpoint is null ? null : run.Checkpoint with { Saving = _log is null ? null : _log.Flush },
            Started = Begin,
            Progress = ProgressDisplay.IsShown ? _display.Report : null,
            Observer = _log,
            Cancellation = _cancellation.Token,
        });
        _hasTrained = true;
        _display.Clear();
        _log?.Close();
        return trained;
    }

    /// <summary>
    /// How to go on after a failure from what a checkpoint holds of this training; empty where it holds nothing.
    /// </summary>
    /// <param name="checkpoint">The file, or null.</param>
    public string WayOn(string? checkpoint)
    {
        if (checkpoint is null || !File.Exists(checkpoint))
            return "";
        try
        {
            var saved = Checkpoint.Load(checkpoint);
            return saved.Recipe.ToJson() != _recipe!.ToJson() ? ""
                : $" Nothing up to step {EvaluationText.Count(saved.Step)} is lost: the same command with --resume {checkpoint} "
                    + "goes on from there.";
        }
        catch (BackpropException)
        {
            return "";
        }
    }

    public void Dispose()
    {
        _display.Dispose();
        _log?.Dispose();
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        _cancellation.Dispose();
    }

    /// <summary>Nothing can be refused any more, so what was there may be overwritten.</summary>
    void Begin(TrainingStart start)
    {
        _log?.Open(start.Step);
        _recipe = start.Recipe;
        TrainReport.PrintStart(start, _source);
    }

    /// <summary>
    /// The first signal ends the training between two steps; a second one ends the process as usual, except that a terminal
    /// which closes may say so more than once.
    /// </summary>
    void Stop(PosixSignalContext context)
    {
        bool isFirst = !_cancellation.IsCancellationRequested;
        context.Cancel = isFirst || context.Signal == PosixSignal.SIGHUP;
        if (!isFirst)
            return;
        _cancellation.Cancel();
        _display.Clear();
        Messages.Warning(_hasTrained
            ? "Training has ended; its model is being written. Once more ends at once, without a model."
            : "Stopping after this step, to write the best model so far. Once more ends at once, without a model.");
    }
}
