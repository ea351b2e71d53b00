namespace Backprop.Engine;

/// <summary>
/// Whether the next step is taken by the caller alone or together with its crew, whichever was faster when both were
/// tried last. Which it is depends on what else the machine does: two threads that share a core lose twice the time that
/// they gain on two. Since the number of threads changes no bit, it may change from step to step.
/// </summary>
sealed class Pace
{
    /// <summary>How many steps each way a trial takes; their medians are compared.</summary>
    const int Trial = 5;

    /// <summary>How many steps the faster way takes until the next trial: the slower costs some per cent at most.</summary>
    const int Stretch = 200;

    /// <summary>Steps before the first trial, while code is compiled and memory touched for the first time.</summary>
    const int Warm = 20;

    readonly long[] _alone = new long[Trial];
    readonly long[] _together = new long[Trial];
    int _step = -Warm;
    bool _faster = true;

    /// <summary>Whether the next step is the whole crew's.</summary>
    public bool Together => _step is >= 0 and < 2 * Trial ? _step >= Trial : _faster;

    /// <summary>Takes in how long the step took.</summary>
    public void Add(long ticks)
    {
        if (_step is >= 0 and < Trial)
            _alone[_step] = ticks;
        else if (_step is >= Trial and < 2 * Trial)
            _together[_step - Trial] = ticks;

        _step++;
        if (_step == 2 * Trial)
            _faster = Median(_together) < Median(_alone);
        else if (_step == 2 * Trial + Stretch)
            _step = 0;
    }

    static long Median(long[] ticks)
    {
        Array.Sort(ticks);
        return ticks[Trial / 2];
    }
}
