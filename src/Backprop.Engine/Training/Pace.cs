using System.Diagnostics;

namespace Backprop.Engine;

/// <summary>
/// Whether the next step is taken by the caller alone or together with its crew: a stretch of steps the way that was
/// faster, then a trial of the other. Which it is depends on what else the machine does: two threads that share a core
/// lose twice the time that they gain on two. Since the number of threads changes no bit, it may change from step to step.
/// </summary>
/// <param name="ticksPerSecond">What the steps are timed in.</param>
sealed class Pace(long ticksPerSecond)
{
    /// <summary>The steps of a trial alone; long steps are fewer.</summary>
    const int MostSteps = 12;

    const int FewestSteps = 3;

    /// <summary>A stretch lasts so many times what finding the way has cost: all trials together cost some per cent.</summary>
    const double StretchPerCost = 100;

    /// <summary>The longest stretch is a second, alone two, so that it follows the machine, or so many steps.</summary>
    const int LongestStretchSteps = 150;

    /// <summary>How many times as long as its trial a way is watched that has just won one.</summary>
    const int StretchPerTrial = 10;

    /// <summary>A way must be faster by so much to be changed to.</summary>
    const double Gain = 0.97;

    /// <summary>A core that has slept takes some milliseconds to come to its full speed; a trial begins after them.</summary>
    readonly long _settling = ticksPerSecond / 200;

    readonly long _longTrial = ticksPerSecond / 30;

    /// <summary>
    /// A trial together is so long that it meets what else the machine does, and pauses of that: schedulers hand a core out for
    /// some milliseconds.
    /// </summary>
    readonly long _trialTogether = ticksPerSecond / 20;

    /// <summary>Together, a stretch is so long that coming to full speed again costs less than a per cent of it.</summary>
    readonly long _shortestTogether = ticksPerSecond / 2;

    readonly long _longestStretch = ticksPerSecond;
    readonly long[] _times = new long[MostSteps];
    Part _part = Part.Stretch;
    bool _faster = true;
    bool _confirmed = true;
    long _stretch = ticksPerSecond / 50;
    double _mean;

    // Of the part, and of all since the last confirmed stretch.
    int _steps;
    long _ticks;
    long _spentSteps;
    long _spentTicks;

    /// <summary>A pace for steps timed by <see cref="Stopwatch"/>.</summary>
    public Pace()
        : this(Stopwatch.Frequency)
    {
    }

    /// <summary>Whether the next step is the whole crew's.</summary>
    public bool Together => _part == Part.Stretch == _faster;

    /// <summary>Takes in how long the step took.</summary>
    public void Add(long ticks)
    {
        _steps++;
        _ticks += ticks;
        if (_part != Part.Stretch || !_confirmed)
            (_spentSteps, _spentTicks) = (_spentSteps + 1, _spentTicks + ticks);

        if (_part == Part.Trial)
            AddToTrial(ticks);
        else if (_part == Part.Settling && (!Together || _ticks >= _settling))
            Begin(Part.Trial);
        else if (_part == Part.Stretch && _ticks >= _stretch && _steps >= FewestSteps)
            EndStretch();
    }

    void EndStretch()
    {
        _mean = (double)_ticks / _steps;
        Begin(Part.Settling);
    }

    void AddToTrial(long ticks)
    {
        if (Together)
        {
            if (_steps >= FewestSteps && _ticks >= _trialTogether)
                End((double)_ticks / _steps);
            return;
        }

        _times[_steps - 1] = ticks;
        if (_steps == MostSteps || (_steps >= FewestSteps && _ticks >= _longTrial))
            End(MeanOfMost(_times.AsSpan(0, _steps)));

        void End(double mean)
        {
            Decide(mean);
            Begin(Part.Stretch);
        }
    }

    /// <summary>
    /// A trial is short and may have met a quiet moment, so the way that wins one is watched for a short stretch, and what
    /// was faster before is tried again.
    /// </summary>
    void Decide(double other)
    {
        bool changes = other < Gain * _mean;
        if (changes)
            (_faster, _mean) = (!_faster, other);

        long watched = StretchPerTrial * _ticks;
        _confirmed = !(changes && _confirmed);
        if (!_confirmed)
        {
            _stretch = watched;
            return;
        }

        double cost = _spentTicks - _spentSteps * _mean;
        double longest = Math.Max(_faster ? _longestStretch : 2 * _longestStretch, LongestStretchSteps * _mean);
        double least = Math.Max(watched, _faster ? _shortestTogether : 0);
        _stretch = (long)Math.Min(Math.Max(least, StretchPerCost * cost), longest);
        (_spentSteps, _spentTicks) = (0, 0);
    }

    void Begin(Part part) => (_part, _steps, _ticks) = (part, 0, 0);

    /// <summary>The mean without the slowest quarter, which something else may have interrupted.</summary>
    static double MeanOfMost(Span<long> times)
    {
        times.Sort();
        long sum = 0;
        int most = times.Length - times.Length / 4;
        foreach (long time in times[..most])
            sum += time;
        return (double)sum / most;
    }

    enum Part
    {
        /// <summary>The faster way's steps.</summary>
        Stretch,

        /// <summary>The other way's first steps.</summary>
        Settling,

        /// <summary>The other way's steps that count.</summary>
        Trial,
    }
}
