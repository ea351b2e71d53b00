using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>Between doubles and an element type, rounding once.</summary>
static class Element
{
    public static T Of<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? Unsafe.BitCast<float, T>((float)value)
            : Unsafe.BitCast<double, T>(value);

    public static double ToDouble<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? Unsafe.BitCast<T, float>(value)
            : Unsafe.BitCast<T, double>(value);

    /// <summary>The value as the element type holds it.</summary>
    public static double Round<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ToDouble(Of<T>(value));

    /// <summary>What messages call the element type's precision.</summary>
    public static string Name<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float) ? "single" : "double";
}
