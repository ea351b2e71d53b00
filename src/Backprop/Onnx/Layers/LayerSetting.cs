using Backprop.Engine;

namespace Backprop;

/// <summary>One of the numbers that a kind of layer is said by: <c>momentum=0.1</c>.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Usual">What it is where nobody says it; null where it must be said.</param>
/// <param name="Minimum">The least, which is allowed; <see cref="double.Epsilon"/> for above 0.</param>
/// <param name="Maximum">The most, which is allowed.</param>
/// <param name="Example">One that may be said, where none is usual.</param>
sealed record LayerSetting(
    string Key, double? Usual, double Minimum = double.MinValue, double Maximum = double.MaxValue, double Example = 0)
{
    /// <summary>The usual number as it is written, or P.</summary>
    public string Form => $"{Key}={(Usual is { } usual ? ShortNumber.Text(usual) : "P")}";

    /// <summary>The number that was said.</summary>
    /// <exception cref="ArgumentException">It is out of its range, or there is none.</exception>
    public double Of(Specification said)
    {
        double number = said.Take(Key, Usual ?? double.NaN, Minimum, Maximum);
        return !double.IsNaN(number) ? number : throw new ArgumentException(
            $"The layer {said.Name} needs its {Key}: {said.Name}:{Key}={ShortNumber.Text(Example)}.");
    }
}
