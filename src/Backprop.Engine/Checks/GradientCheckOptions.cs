namespace Backprop.Engine;

/// <summary>How gradients are checked. The default value takes every default.</summary>
public readonly record struct GradientCheckOptions
{
    /// <summary>The tolerance unless set: what central differences in double precision can be held to.</summary>
    public const double DefaultTolerance = 1e-7;

    /// <summary>The entries per tensor unless set.</summary>
    public const int DefaultSamples = 200;

    readonly double? _tolerance;
    readonly int? _samples;

    /// <summary>The largest error that passes, relative to the tensor's scale; above 0.</summary>
    public double Tolerance { get => _tolerance ?? DefaultTolerance; init => _tolerance = value; }

    /// <summary>How many entries of each tensor are checked, drawn at random where it has more; 0 for all.</summary>
    public int Samples { get => _samples ?? DefaultSamples; init => _samples = value; }

    /// <summary>From which the entries follow that are drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>Refuses options that mean nothing.</summary>
    /// <exception cref="ArgumentException">One of them is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        if (!double.IsFinite(Tolerance) || Tolerance <= 0)
            throw new ArgumentException($"The tolerance must be a positive number; it is {ShortNumber.Text(Tolerance)}.");
        if (Samples < 0)
            throw new ArgumentException($"The samples must be 1 or more for each tensor, or 0 for all; they are {Samples}.");
    }
}
