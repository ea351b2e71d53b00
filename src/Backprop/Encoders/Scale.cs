using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop;

/// <summary>(x − mean) / deviation in the element type, with something in the place of a missing x.</summary>
readonly struct Scale<T>(double fill, double mean, double deviation)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly T _fill = Element.Of<T>(fill);
    readonly T _mean = Element.Of<T>(mean);
    readonly T _deviation = Element.Of<T>(deviation);

    /// <summary>The feature of one number.</summary>
    public T Of(double number)
    {
        T x = Element.Of<T>(number);
        return ((T.IsNaN(x) ? _fill : x) - _mean) / _deviation;
    }

    /// <summary>The features of some numbers; says whether all are finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryApply(ReadOnlySpan<double> numbers, Span<T> features)
    {
        Vector256<T> fills = Vector256.Create(_fill), means = Vector256.Create(_mean), deviations = Vector256.Create(_deviation);
        Vector256<T> differences = default;
        int i = 0;
        for (; i <= numbers.Length - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            Vector256<T> x = Load(numbers[i..]);
            x = (Vector256.ConditionalSelect(Vector256.Equals(x, x), x, fills) - means) / deviations;
            x.CopyTo(features[i..]);
            differences += x - x;
        }

        // What is not finite less itself is not 0.
        bool isFinite = Vector256.EqualsAll(differences, Vector256<T>.Zero);
        for (; i < numbers.Length; i++)
        {
            features[i] = Of(numbers[i]);
            isFinite &= T.IsFinite(features[i]);
        }

        return isFinite;
    }

    static Vector256<T> Load(ReadOnlySpan<double> numbers) => typeof(T) == typeof(float)
        ? Vector256.Narrow(Vector256.Create(numbers), Vector256.Create(numbers[Vector256<double>.Count..])).As<float, T>()
        : Vector256.Create(numbers).As<double, T>();
}
