using System.Diagnostics;

namespace Backprop.Bench;

/// <summary>
/// The time before a window, in which the runtime compiles what is hot once more. It does so beside the work, so what
/// counts is the processor's time that the process got, up to a limit by the clock.
/// </summary>
sealed class WarmUp(double processorSeconds)
{
    readonly long _begin = Stopwatch.GetTimestamp();
    readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;

    public bool IsOver =>
        (Environment.CpuUsage.TotalTime - _processor).TotalSeconds >= processorSeconds
        || Stopwatch.GetElapsedTime(_begin).TotalSeconds >= 4 * processorSeconds;
}
