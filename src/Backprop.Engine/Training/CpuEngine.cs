using System.Diagnostics;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The processor as an engine: each step by a crew of threads, or by one thread where that is faster (<see cref="Pace"/>) or the
/// network is narrow. The state is the caller's own, so it is never behind.
/// </summary>
sealed class CpuEngine<T> : IEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TrainingOptions _options;
    readonly Examples<T> _examples;
    readonly IExchange<T> _exchange;
    readonly CpuOptions _cpu;
    readonly int _batch;
    readonly bool _isNarrow;
    readonly Crew _crew;
    readonly Pace? _pace;
    readonly ErrorFlow<T> _errors;
    Parameters<T>? _parameters;
    Updater<T>? _updater;
    NarrowStep<T>? _narrow;
    GradientStep<T>? _wide;
    RowMeasure<T>? _measure;

    /// <summary>An engine for one training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">What is to be done.</param>
    /// <param name="examples">The training rows.</param>
    /// <param name="exchange">The other ranks.</param>
    /// <param name="cpu">How the processor is used; changes no bit.</param>
    public CpuEngine(
        Network network, TrainingOptions options, Examples<T> examples, IExchange<T> exchange, CpuOptions cpu)
    {
        (_options, _examples, _exchange, _cpu) = (options, examples, exchange, cpu);
        _batch = options.BatchOf(examples.Count);
        _isNarrow = NarrowStep<T>.Fits(network, options, _batch, cpu.Width);
        _crew = new Crew(_isNarrow ? 1 : cpu.Threads == 0 ? CrewSize.For(network, _batch) : cpu.Threads);
        _pace = cpu.InPace && _crew.Members > 1 ? new Pace() : null;
        _errors = new ErrorFlow<T>(network, options.Loss, options.Reduction, cpu.Width);
    }

    public int StepsAtOnce => 1;

    public void Load(TrainingState<T> state)
    {
        Network network = state.Parameters.Network;
        (_parameters, _updater) = (state.Parameters, new Updater<T>(network, _options.Update, _cpu.Width, state.Update));
        var gradients = new GradientTree<T>(network, _exchange.OwnShards(_options.Shards));
        int capacity = _isNarrow ? NarrowStep<T>.CapacityFor(_batch)
            : network.NeedsWholeShard ? (_batch + _options.Shards - 1) / _options.Shards
            : Math.Min(_batch, _cpu.ChunkRows);
        var workspace = new Workspace<T>(network, capacity, WorkspaceUse.Learning, _cpu.Width, _options.Seed);
        if (_isNarrow)
            _narrow = new NarrowStep<T>(_parameters, gradients.Sum, _errors, workspace, _cpu.Width) { Examples = _examples };
        else
        {
            int longest = network.Layers.Select((_, k) => network.OutputsOf(k)).Append(network.Inputs).Append(capacity).Max();
            _crew.Run(new ScratchJob<T>(Products<T>.For(_cpu.Width).ScratchFor(longest)));
            _wide = new GradientStep<T>(_parameters, gradients, _errors, _updater, workspace)
            {
                Crew = _crew,
                Examples = _examples,
                Exchange = _exchange,
                Shards = _options.Shards,
            };
        }
    }

    public int Step(in Stretch stretch, T[] rowLosses)
    {
        for (int step = 0; step < stretch.Steps; step++)
        {
            int taken = step * stretch.BatchSize;
            var batch = new RowRange(stretch.First + taken, stretch.First + Math.Min(taken + stretch.BatchSize, stretch.Rows));
            _updater!.BeginStep(stretch.LearningRates[step]);
            if (!Step(stretch, batch, rowLosses, taken))
                return step + 1;
        }

        return stretch.Steps;
    }

    bool Step(in Stretch stretch, RowRange batch, T[] rowLosses, int first)
    {
        if (_narrow is not null)
        {
            bool isFinite = _narrow.Run(stretch.Order, batch, rowLosses.AsSpan(first, batch.Count));
            if (isFinite)
                _updater!.ApplyAll(_parameters!, _narrow.Gradient);
            return isFinite;
        }

        _wide!.Begin(stretch.Epoch, stretch.Order, batch, rowLosses, first);
        if (_pace is null)
            _crew.Run(_wide);
        else
            RunInPace(_wide, _pace);
        return _wide.IsFinite;
    }

    void RunInPace(GradientStep<T> step, Pace pace)
    {
        long start = Stopwatch.GetTimestamp();
        if (pace.Together)
            _crew.Run(step);
        else
            ((ICrewJob)step).Run(0, 1);
        pace.Add(Stopwatch.GetTimestamp() - start);
    }

    public void Measure(Examples<T> rows, Span<T> losses, Action<int, ReadOnlySpan<T>>? take)
    {
        _measure ??= new RowMeasure<T>(_errors, Math.Min(rows.Count, CpuOptions.UsualChunkRows), _cpu.Width);
        _measure.Run(_parameters!, rows, losses, take);
    }

    public void Read(TrainingState<T> state)
    {
    }

    public void Dispose() => _crew.Dispose();
}
