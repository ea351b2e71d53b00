using System.Globalization;

namespace Backprop.Engine;

/// <summary>
/// The one grammar for anything with parameters: <c>name:key=value,key=value</c>, values being numbers. A reader takes
/// the keys it knows; what is left over is refused by name.
/// </summary>
sealed class Specification
{
    readonly string _text;
    readonly Vocabulary _words;
    readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    readonly List<string> _known = [];

    Specification(string text, Vocabulary words)
    {
        (_text, _words) = (text, words);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        Name = words.Name((colon < 0 ? text : text[..colon]).Trim());
        if (colon < 0)
            return;

        foreach (string part in text[(colon + 1)..].Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? "" : part[..equals].Trim();
            if (key.Length == 0 || !double.TryParse(
                    part[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                || !double.IsFinite(value))
            {
                throw new ArgumentException(
                    $"'{part.Trim()}' in the {Kind} '{text}' is not of the form key=number; write name:key=number,key=number.");
            }

            if (!_values.TryAdd(KeyOf(key), value))
                throw new ArgumentException($"The {Kind} '{text}' gives '{key}' twice.");
        }
    }

    /// <summary>The name as recipes write it; what was typed where it is none.</summary>
    public string Name { get; }

    string Kind => _words.Kind;

    /// <summary>Takes a text apart.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">What it may name.</param>
    /// <exception cref="ArgumentException">The text is not of the grammar, or its name means something else
    /// elsewhere.</exception>
    public static Specification Parse(string text, Vocabulary words)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Specification(text, words);
    }

    /// <summary>
    /// The number of a key, or its default; it must lie between the bounds, which are part of the range. It may be taken again.
    /// </summary>
    public double Take(string key, double otherwise, double minimum = double.MinValue, double maximum = double.MaxValue)
    {
        if (!_known.Contains(key))
            _known.Add(key);
        if (!_values.TryGetValue(key, out double value))
            return otherwise;
        if (value < minimum || value > maximum)
        {
            string lowest = minimum == double.Epsilon ? "above 0" : $"{ShortNumber.Text(minimum)} or more";
            string highest = maximum is > 0.999 and < 1 ? "below 1" : ShortNumber.Text(maximum);
            string range = maximum == double.MaxValue ? lowest
                : minimum == double.Epsilon ? $"above 0 and {(maximum < 1 ? highest : $"at most {highest}")}"
                : $"from {ShortNumber.Text(minimum)} to {highest}";
            throw new ArgumentException($"{key} of the {Kind} '{_text}' must be {range}.");
        }

        return value;
    }

    /// <summary>The whole number of a key, or its default; it must not be below the minimum.</summary>
    public double TakeWhole(string key, double otherwise, double minimum)
    {
        double value = Take(key, otherwise, minimum, int.MaxValue);
        return value == Math.Floor(value)
            ? value
            : throw new ArgumentException($"{key} of the {Kind} '{_text}' must be a whole number.");
    }

    /// <summary>Passes the result on once every given key was taken.</summary>
    /// <exception cref="ArgumentException">A key is left over.</exception>
    public TResult Done<TResult>(TResult result)
    {
        foreach (string key in _values.Keys)
        {
            if (_known.Contains(key))
                continue;
            if (key is "lr" or "learningrate" or "learning-rate")
                throw new ArgumentException($"The learning rate is no parameter of the {Kind} '{Name}'; it is given by itself.");
            throw new ArgumentException(_known.Count == 0
                ? $"The {Kind} '{Name}' has no parameters, so '{key}' means nothing to it."
                : $"The {Kind} '{Name}' has no parameter '{key}'; it has {string.Join(", ", _known)}.");
        }

        return result;
    }

    /// <summary>The error for a name that is not known.</summary>
    public ArgumentException Unknown() => new(NearestWord.Find(Name, _words.Names) is { } meant
        ? $"Unknown {Kind} '{Name}'; did you mean {meant}? Known are {string.Join(", ", _words.Names)}."
        : $"Unknown {Kind} '{Name}'; known are {string.Join(", ", _words.Names)}.");

    /// <summary>A key as it is known, of one that other tools write <c>beta_1</c> or <c>eps</c>.</summary>
    static string KeyOf(string key)
    {
        string plain = key.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal);
        return plain == "eps" ? "epsilon" : plain;
    }
}
