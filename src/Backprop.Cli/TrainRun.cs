using System.Runtime.InteropServices;

namespace Backprop.Cli;

/// <summary>A training that shows where it stands, writes its log, and ends early at Ctrl-C.</summary>
sealed class TrainRun : IDisposable
{
    readonly CancellationTokenSource _cancellation = new();
    readonly PosixSignalRegistration _interrupt;
    readonly PosixSignalRegistration _terminate;
    readonly LiveLine _line = new();
    readonly LogWriter? _log;
    readonly string _source;

    /// <summary>A training.</summary>
    /// <param name="log">Where the log goes, or null.</param>
    /// <param name="logSteps">Whether steps are logged too.</param>
    /// <param name="source">What to call the data.</param>
    public TrainRun(string? log, bool logSteps, string source)
    {
        _source = source;
        _log = log is null ? null : new LogWriter(log, logSteps);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

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
            Progress = _line.IsShown ? _line : null,
            Observer = _log,
            Cancellation = _cancellation.Token,
        });
        _line.Clear();
        _log?.Close();
        return trained;
    }

    public void Dispose()
    {
        _line.Dispose();
        _log?.Dispose();
        _interrupt.Dispose();
        _terminate.Dispose();
        _cancellation.Dispose();
    }

    /// <summary>Nothing can be refused any more, so what was there may be overwritten.</summary>
    void Begin(TrainingStart start)
    {
        _log?.Open(start.Step);
        TrainReport.PrintStart(start, _source);
    }

    /// <summary>The first signal ends the training between two steps; a second one ends the process as usual.</summary>
    void Stop(PosixSignalContext context)
    {
        if (_cancellation.IsCancellationRequested)
            return;
        context.Cancel = true;
        _cancellation.Cancel();
        _line.Clear();
        Messages.Line("Stopping after this step, to write the best model so far. Once more ends at once, without a model.");
    }
}
