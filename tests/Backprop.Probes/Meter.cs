using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop.Probes;

/// <summary>Counts what the process allocates from the end of one epoch to the end of another, and what it is told.</summary>
sealed class Meter<T>(int from, int to) : IValidation<T>, ITrainingObserver
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    int _measured;
    long _start;

    public long Bytes { get; private set; }

    public int StepsSeen { get; private set; }

    public int EpochsSeen { get; private set; }

    public ImmutableArray<string> Metrics { get; } = ["epoch"];

    public int Watched => 0;

    public bool HigherIsBetter => true;

    public void Measure(Parameters<T> parameters, Span<double> values)
    {
        values[0] = ++_measured;
        if (_measured == from)
            _start = GC.GetTotalAllocatedBytes(precise: true);
        if (_measured == to)
            Bytes = GC.GetTotalAllocatedBytes(precise: true) - _start;
    }

    public void OnStep(in StepEvent step) => StepsSeen++;

    public void OnEpoch(in EpochEvent epoch) => EpochsSeen++;
}
