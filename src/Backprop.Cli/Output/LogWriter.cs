using System.Globalization;
using System.Text;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>The log: one JSON object a line, written as training goes on.</summary>
sealed class LogWriter(string path, bool steps) : ITrainingObserver, IDisposable
{
    FileStream? _stream;
    StreamWriter? _writer;

    /// <summary>Refuses a place that cannot be written to, and changes nothing there.</summary>
    public static void CheckWritable(string path)
    {
        if (File.Exists(path))
            OpenStream(path, FileMode.Open).Dispose();
        else
            AtomicFile.CheckWritable(path);
    }

    /// <summary>Begins the log, in the place of what was there; or goes on with it after a step.</summary>
    /// <param name="step">The step that training goes on after: what the log says of later ones is cut off. 0 begins.</param>
    public void Open(long step)
    {
        _stream = OpenStream(path, File.Exists(path) ? FileMode.Open : FileMode.Create);
        try
        {
            // A terminal or a pipe has nothing that could be cut off.
            if (IsFile)
            {
                _stream.SetLength(step == 0 ? 0 : LogCut.LengthUntil(path, step));
                _stream.Seek(0, SeekOrigin.End);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(error, "");
        }

        _writer = new StreamWriter(_stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 14);
    }

    /// <summary>Brings everything that was logged to the disk.</summary>
    public void Flush()
    {
        try
        {
            _writer!.Flush();
            _stream!.Flush(flushToDisk: IsFile);
        }
        catch (Exception error) when (SystemReason.IsOf(error))
        {
            throw Failed(error, "");
        }
    }

    public void OnStep(in StepEvent step)
    {
        if (!steps)
            return;
        try
        {
            _writer!.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"kind\":\"step\",\"epoch\":{step.Epoch},\"step\":{step.Step},\"loss\":{step.Loss:R}}}"));
        }
        catch (Exception error) when (SystemReason.IsOf(error))
        {
            throw Failed(error, $" in epoch {step.Epoch}, step {step.Step}");
        }
    }

    public void OnEpoch(in EpochEvent epoch)
    {
        try
        {
            WriteEpoch(epoch);
            _writer!.Flush();
        }
        catch (Exception error) when (SystemReason.IsOf(error))
        {
            throw Failed(error, $" in epoch {epoch.Epoch}, step {epoch.Step}");
        }
    }

    /// <summary>Ends the log.</summary>
    public void Close()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (Exception error) when (SystemReason.IsOf(error))
        {
            throw Failed(error, "");
        }

        if (_writer is not null && !File.Exists(path) && !AtomicFile.IsDevice(path))
            Messages.Warning($"Warning: the log '{path}' is gone; it was deleted or moved while training.");
    }

    /// <summary>Lets the file go; what <see cref="Close"/> has not written is lost, for where it could not be.</summary>
    public void Dispose() => _stream?.Dispose();

    bool IsFile => _stream!.CanSeek && !AtomicFile.IsDevice(path);

    void WriteEpoch(in EpochEvent epoch)
    {
        _writer!.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"kind\":\"epoch\",\"epoch\":{epoch.Epoch},\"step\":{epoch.Step},\"loss\":{epoch.Loss:R}"));
        _writer.Write(string.Create(CultureInfo.InvariantCulture, $",\"learningRate\":{epoch.LearningRate:R}"));
        if (!epoch.Metrics.IsEmpty)
        {
            _writer.Write(",\"validation\":{");
            for (int i = 0; i < epoch.Metrics.Length; i++)
            {
                double value = epoch.Metrics[i];
                string text = double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "null";
                _writer.Write($"{(i > 0 ? "," : "")}\"{epoch.MetricNames[i]}\":{text}");
            }

            _writer.Write('}');
        }

        _writer.WriteLine('}');
    }

    // Without a buffer of its own, so that closing it after a failure does not try to write once more.
    static FileStream OpenStream(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new BackpropException($"Cannot write the log '{path}': {SystemReason.Of(error)}. Give another place.", error);
        }
    }

    IOException Failed(Exception error, string where) => new(
        $"Training ended{where}, because the log '{path}' cannot be written: {SystemReason.Of(error)}. Make room there or "
        + "give another place; no model was written.", error);
}
