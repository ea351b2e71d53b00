using System.Globalization;

namespace Backprop.Engine;

/// <summary>
/// How large a gradient may be: by the norm over all parameters, g ← g·min(1, limit / (‖g‖ + 10⁻⁶)), or element by
/// element, g ← max(−limit, min(limit, g)). The default value clips nothing.
/// </summary>
public readonly record struct Clip
{
    /// <summary>The largest norm ‖g‖₂ over all weights and biases together, or null.</summary>
    public double? Norm { get; private init; }

    /// <summary>The largest |g| of an element, or null.</summary>
    public double? Value { get; private init; }

    /// <summary>No clipping.</summary>
    public static Clip None => default;

    /// <summary>The text that <see cref="Parse"/> reads: <c>norm=1</c>, <c>value=0.5</c> or <c>none</c>.</summary>
    public string Name => Norm is { } norm ? $"norm={ShortNumber.Text(norm)}"
        : Value is { } value ? $"value={ShortNumber.Text(value)}"
        : "none";

    /// <summary>Clips by the norm of the whole gradient (Pascanu, Mikolov, Bengio 2013).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a positive number.</exception>
    public static Clip ByNorm(double limit) => new() { Norm = Positive(limit) };

    /// <summary>Clips every element of the gradient.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a positive number.</exception>
    public static Clip ByValue(double limit) => new() { Value = Positive(limit) };

    /// <summary>Reads <c>norm=1</c>, <c>value=0.5</c> or <c>none</c>.</summary>
    /// <exception cref="ArgumentException">The text is none of these, or the limit is not a positive number.</exception>
    public static Clip Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('=', StringSplitOptions.TrimEntries);
        if (parts is ["none"])
            return None;
        if (parts is not ["norm" or "value", _])
            throw new ArgumentException($"Unknown clip '{text}'; write norm=NUMBER, value=NUMBER or none.");
        if (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double limit)
            || !double.IsFinite(limit) || limit <= 0)
        {
            throw new ArgumentException($"The limit of the clip '{text}' must be a positive number.");
        }

        return parts[0] == "norm" ? ByNorm(limit) : ByValue(limit);
    }

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    static double Positive(double limit) => double.IsFinite(limit) && limit > 0
        ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, "It must be a positive number.");
}
