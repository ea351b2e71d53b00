using System.Collections.Immutable;
using System.Globalization;

namespace Backprop.Engine;

/// <summary>
/// How large a gradient may be: by the norm over all parameters, g ← g·min(1, limit / (‖g‖ + 10⁻⁶)), or element by
/// element, g ← max(−limit, min(limit, g)). The default value clips nothing.
/// </summary>
public readonly record struct Clip
{
    const string NormName = "norm";
    const string ValueName = "value";
    const string NoneName = "none";

    // The built-in ones, and how each is made of its limit, where it has one.
    static readonly (string Name, Func<double, Clip>? Make)[] s_known =
        [(NormName, ByNorm), (ValueName, ByValue), (NoneName, null)];

    /// <summary>The largest norm ‖g‖₂ over all weights and biases together, or null.</summary>
    public double? Norm { get; private init; }

    /// <summary>The largest |g| of an element, or null.</summary>
    public double? Value { get; private init; }

    /// <summary>No clipping.</summary>
    public static Clip None => default;

    /// <summary>One of each clip, with a limit of 1.</summary>
    public static ImmutableArray<Clip> All { get; } = [.. s_known.Select(known => known.Make?.Invoke(1) ?? None)];

    /// <summary>The name, and the limit by the name.</summary>
    public Named Named => Norm is { } norm ? Named.OfOne(NormName, norm)
        : Value is { } value ? Named.OfOne(ValueName, value)
        : new Named(NoneName);

    /// <summary>The text that <see cref="Parse"/> reads: <c>norm=1</c>, <c>value=0.5</c> or <c>none</c>.</summary>
    public string Name => Named.ToString();

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
        foreach ((string name, Func<double, Clip>? make) in s_known)
        {
            if (parts[0] != name || parts.Length != (make is null ? 1 : 2))
                continue;
            if (make is null)
                return None;
            return double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double limit)
                && double.IsFinite(limit) && limit > 0
                    ? make(limit)
                    : throw new ArgumentException($"The limit of the clip '{text}' must be a positive number.");
        }

        string[] forms = Forms("NUMBER");
        throw new ArgumentException($"Unknown clip '{text}'; write {string.Join(", ", forms[..^1])} or {forms[^1]}.");
    }

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>How each is written: <c>norm=X</c>, <c>value=X</c>, <c>none</c>.</summary>
    /// <param name="number">What stands for the limit.</param>
    internal static string[] Forms(string number) =>
        [.. s_known.Select(known => known.Make is null ? known.Name : $"{known.Name}={number}")];

    static double Positive(double limit) => double.IsFinite(limit) && limit > 0
        ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, "It must be a positive number.");
}
