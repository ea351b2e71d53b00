using System.Diagnostics;

namespace Backprop.Engine;

/// <summary>
/// A counter that threads wait on: they watch it for a moment, then sleep. The moment is short because a thread that
/// watches may sit on the very core that the others need.
/// </summary>
sealed class Phase(bool spin)
{
    /// <summary>About as long as putting a thread to sleep and waking it takes.</summary>
    static readonly long s_spinTicks = Stopwatch.Frequency / 50_000;

    readonly object _gate = new();
    int _value;
    int _sleepers;

    public int Value => Volatile.Read(ref _value);

    /// <summary>Begins the next phase and wakes who sleeps.</summary>
    public void Advance()
    {
        // Either this sees the sleeper, or the sleeper, who counts itself first, sees the new value: both are full fences.
        Interlocked.Increment(ref _value);
        if (Volatile.Read(ref _sleepers) == 0)
            return;

        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    /// <summary>Returns once the value is no longer <paramref name="seen"/>.</summary>
    public void WaitWhile(int seen)
    {
        if (Value != seen || (spin && Spin(seen)))
            return;

        lock (_gate)
        {
            Interlocked.Increment(ref _sleepers);
            while (Value == seen)
                Monitor.Wait(_gate);
            Interlocked.Decrement(ref _sleepers);
        }
    }

    bool Spin(int seen)
    {
        long end = Stopwatch.GetTimestamp() + s_spinTicks;
        do
        {
            for (int i = 0; i < 8; i++)
            {
                Thread.SpinWait(4);
                if (Value != seen)
                    return true;
            }
        }
        while (Stopwatch.GetTimestamp() < end);
        return false;
    }
}
