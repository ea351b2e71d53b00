using System.Globalization;
using System.Text;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>The log: one JSON object a line, written as training goes on.</summary>
sealed class LogWriter : ITrainingObserver, IDisposable
{
    readonly StreamWriter _writer;
    readonly bool _steps;

    public LogWriter(string path, bool steps)
    {
        try
        {
            _writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new BackpropException($"Cannot write the log '{path}': its folder is missing or not writable.", error);
        }

        _steps = steps;
    }

    public void OnStep(in StepEvent step)
    {
        if (!_steps)
            return;
        _writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"kind\":\"step\",\"epoch\":{step.Epoch},\"step\":{step.Step},\"loss\":{step.Loss:R}}}"));
    }

    public void OnEpoch(in EpochEvent epoch)
    {
        _writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"kind\":\"epoch\",\"epoch\":{epoch.Epoch},\"step\":{epoch.Step},\"loss\":{epoch.Loss:R}"));
        _writer.Write(string.Create(CultureInfo.InvariantCulture, $",\"learningRate\":{epoch.LearningRate:R}"));
        if (!epoch.Metrics.IsEmpty)
        {
            _writer.Write(",\"validation\":{");
            for (int i = 0; i < epoch.Metrics.Length; i++)
            {
                string value = double.IsFinite(epoch.Metrics[i]) ? epoch.Metrics[i].ToString("R", CultureInfo.InvariantCulture) : "null";
                _writer.Write($"{(i > 0 ? "," : "")}\"{epoch.MetricNames[i]}\":{value}");
            }

            _writer.Write('}');
        }

        _writer.WriteLine('}');
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();
}
