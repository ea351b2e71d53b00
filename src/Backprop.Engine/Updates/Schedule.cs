namespace Backprop.Engine;

/// <summary>
/// What the learning rate is multiplied by as training goes on: a pure function of the position, computed in double.
/// Every schedule can begin with a linear warm-up. Schedules of the same name are equal.
/// </summary>
public sealed partial class Schedule : IEquatable<Schedule>
{
    readonly ScheduleKind _kind;

    // The numbers of the shape, in the order of its text; what they are is said where they are parsed.
    readonly double _first;
    readonly double _second;
    readonly double _third;

    Schedule(ScheduleKind kind, string name, int warmup, ReadOnlySpan<(string Key, double Value)> numbers)
    {
        (_kind, Warmup) = (kind, warmup);
        _first = numbers.Length > 0 ? numbers[0].Value : 0;
        _second = numbers.Length > 1 ? numbers[1].Value : 0;
        _third = numbers.Length > 2 ? numbers[2].Value : 0;
        Named = new Named(name, warmup == 0 ? numbers : [.. numbers, (WarmupKey, warmup)]);
    }

    /// <summary>The name with its parameters, as recipes write it: <c>cosine:floor=0,warmup=100</c>.</summary>
    public string Name => Named.ToString();

    /// <summary>The shape's name and numbers.</summary>
    public Named Named { get; }

    /// <summary>Over how many steps the factor first rises linearly: (step + 1) / Warmup; 0 for no warm-up.</summary>
    public int Warmup { get; }

    /// <summary>Whether it follows a validation metric, given to <see cref="Observe"/> after every epoch.</summary>
    public bool NeedsMetric => _kind == ScheduleKind.Plateau;

    /// <summary>The factor of the learning rate in the step at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count of the position is negative.</exception>
    public double Factor(in SchedulePosition position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position.Step, nameof(position));
        ArgumentOutOfRangeException.ThrowIfNegative(position.Epoch, nameof(position));
        double warm = position.Step < Warmup ? (position.Step + 1) / (double)Warmup : 1;

        // Shapes over all steps run over those after the warm-up.
        double step = Math.Max(0, position.Step - Warmup);
        double steps = Math.Max(1, position.TotalSteps - Warmup);
        return warm * _kind switch
        {
            ScheduleKind.Step => Power(_second, position.Epoch / (long)_first),
            ScheduleKind.Exponential => Power(_first, position.Epoch),
            ScheduleKind.Cosine => Between(1, _first, step / steps),
            ScheduleKind.OneCycle => OneCycleFactor(step, steps),
            ScheduleKind.Plateau => position.PlateauFactor,
            ScheduleKind.Constant => 1,
            _ => throw new NotSupportedException($"The schedule {Name} has no factor."),
        };
    }

    /// <summary>
    /// The state after an epoch: a metric that is not better than the best by more than threshold·|best| waits; more
    /// than patience epochs of waiting multiply the factor. Schedules other than plateau give the state back as it is.
    /// </summary>
    /// <param name="state">The state before.</param>
    /// <param name="metric">The validation metric of the epoch; NaN counts as not better.</param>
    /// <param name="higherIsBetter">Whether a larger metric is the better one.</param>
    public PlateauState Observe(in PlateauState state, double metric, bool higherIsBetter)
    {
        if (_kind != ScheduleKind.Plateau)
            return state;

        double margin = _third * Math.Abs(state.Best);
        bool better = double.IsNaN(state.Best) ? !double.IsNaN(metric)
            : higherIsBetter ? metric > state.Best + margin
            : metric < state.Best - margin;
        if (better)
            return state with { Best = metric, Waited = 0 };

        return state.Waited < _second
            ? state with { Waited = state.Waited + 1 }
            : state with { Factor = state.Factor * _first, Waited = 0 };
    }

    /// <inheritdoc/>
    public bool Equals(Schedule? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Schedule);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>Up from start to 1, then down to end, both along half a cosine; the last step is at the end.</summary>
    double OneCycleFactor(double step, double steps)
    {
        double peak = Math.Max(0, _first * steps - 1);
        double last = Math.Max(1, steps - 1);
        return step < peak
            ? Between(_second, 1, step / peak)
            : Between(1, _third, Math.Min(1, (step - peak) / Math.Max(1, last - peak)));
    }

    /// <summary>From one number (at 0) to another (at 1) along half a cosine.</summary>
    static double Between(double from, double to, double progress)
    {
        double cosine = Elementary.Cos(Math.PI * Math.Min(1, progress));
        return to + (from - to) * 0.5 * (1 + cosine);
    }

    /// <summary>factor^exponent by squaring, for whole exponents: multiplications only.</summary>
    static double Power(double factor, long exponent)
    {
        double result = 1;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result *= factor;
            factor *= factor;
        }

        return result;
    }
}
