using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Double to element type and back, rounding once.</summary>
static class Rounding
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T To<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<float, T>((float)value);

        return Unsafe.BitCast<double, T>(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? Unsafe.BitCast<T, float>(value)
            : Unsafe.BitCast<T, double>(value);
}
