using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The loops of one update rule over spans of parameters, gradients and moments side by side, whose lengths are equal
/// multiples of 16. Every element is treated alone, so vector width and cuts change no bit.
/// </summary>
abstract class UpdateLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many elements the loops take together; spans are multiples of it.</summary>
    public const int Grain = 16;

    /// <summary>
    /// p, m and v after one step of the rule; moments that the rule does not keep are empty. Of every
    /// <paramref name="stride"/> elements only the first <paramref name="used"/> need be computed: the rest are padding,
    /// which every rule leaves at 0.
    /// </summary>
    public abstract void Apply(
        Span<T> p, ReadOnlySpan<T> g, Span<T> m, Span<T> v, in StepScalars<double> scalars, int stride, int used);

    /// <summary>The same, with the links in between, in the same pass over memory.</summary>
    public abstract void Apply(
        Span<T> p, ReadOnlySpan<T> g, Span<T> m, Span<T> v, in StepScalars<double> scalars, in GradientLinks links);

    /// <summary>
    /// Σ(g + L2·p + L1·sign(p))² in 16 virtual lanes, element i in lane i mod 16, added by the tree 8-4-2-1.
    /// </summary>
    public abstract double SumOfSquares(ReadOnlySpan<T> p, ReadOnlySpan<T> g, in GradientLinks links);
}
