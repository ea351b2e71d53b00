using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Engine;

/// <summary>Copies blocks of numbers with rows and columns exchanged.</summary>
static class Transposition
{
    /// <summary>
    /// to[j, i] = from[i, j] for i &lt; <paramref name="rows"/>, j &lt; <paramref name="columns"/>; strides in elements.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(ref T from, nint fromStride, ref T to, nint toStride, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        if (Avx.IsSupported)
        {
            while (i + 4 <= rows)
            {
                ref T source = ref Unsafe.Add(ref from, i * fromStride);
                ref T target = ref Unsafe.Add(ref to, i);
                int side = typeof(T) == typeof(float) && i + 8 <= rows ? 8 : 4;
                int j = 0;
                for (; j + 4 <= columns; j += 4)
                {
                    if (typeof(T) == typeof(float) && side == 4)
                    {
                        FourRowsFourColumns(
                            ref Unsafe.As<T, float>(ref source), fromStride, ref Unsafe.As<T, float>(ref target), toStride);
                    }
                    else if (typeof(T) == typeof(float))
                    {
                        EightRowsFourColumns(
                            ref Unsafe.As<T, float>(ref source), fromStride, ref Unsafe.As<T, float>(ref target), toStride);
                    }
                    else
                    {
                        FourRowsFourColumns(
                            ref Unsafe.As<T, double>(ref source), fromStride, ref Unsafe.As<T, double>(ref target), toStride);
                    }

                    source = ref Unsafe.Add(ref source, 4);
                    target = ref Unsafe.Add(ref target, 4 * toStride);
                }

                if (j < columns)
                    OneByOne(ref source, fromStride, ref target, toStride, side, columns - j);
                i += side;
            }
        }

        if (i == rows)
            return;

        OneByOne(ref Unsafe.Add(ref from, i * fromStride), fromStride, ref Unsafe.Add(ref to, i), toStride, rows - i, columns);
    }

    static void OneByOne<T>(ref T from, nint fromStride, ref T to, nint toStride, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows; i++)
        {
            ref T source = ref Unsafe.Add(ref from, i * fromStride);
            ref T target = ref Unsafe.Add(ref to, i);
            for (int j = 0; j < columns; j++)
            {
                target = Unsafe.Add(ref source, j);
                target = ref Unsafe.Add(ref target, toStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void EightRowsFourColumns(ref float from, nint fromStride, ref float to, nint toStride)
    {
        Vector256<float> a = Rows(ref from, fromStride, 0), b = Rows(ref from, fromStride, 1);
        Vector256<float> c = Rows(ref from, fromStride, 2), d = Rows(ref from, fromStride, 3);
        Vector256<double> ab = Avx.UnpackLow(a, b).AsDouble(), cd = Avx.UnpackLow(c, d).AsDouble();
        Avx.UnpackLow(ab, cd).AsSingle().StoreUnsafe(ref to);
        Avx.UnpackHigh(ab, cd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, toStride));
        ab = Avx.UnpackHigh(a, b).AsDouble();
        cd = Avx.UnpackHigh(c, d).AsDouble();
        Avx.UnpackLow(ab, cd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 2 * toStride));
        Avx.UnpackHigh(ab, cd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 3 * toStride));
    }

    /// <summary>Four columns of row i and, in the upper half, of row i + 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Rows(ref float from, nint stride, int row) => Avx.InsertVector128(
        Vector128.LoadUnsafe(ref Unsafe.Add(ref from, row * stride)).ToVector256Unsafe(),
        Vector128.LoadUnsafe(ref Unsafe.Add(ref from, (row + 4) * stride)),
        1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void FourRowsFourColumns(ref float from, nint fromStride, ref float to, nint toStride)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref from), b = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, fromStride));
        Vector128<float> c = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 2 * fromStride));
        Vector128<float> d = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 3 * fromStride));
        Vector128<double> ab = Sse.UnpackLow(a, b).AsDouble(), cd = Sse.UnpackLow(c, d).AsDouble();
        Sse2.UnpackLow(ab, cd).AsSingle().StoreUnsafe(ref to);
        Sse2.UnpackHigh(ab, cd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, toStride));
        ab = Sse.UnpackHigh(a, b).AsDouble();
        cd = Sse.UnpackHigh(c, d).AsDouble();
        Sse2.UnpackLow(ab, cd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 2 * toStride));
        Sse2.UnpackHigh(ab, cd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 3 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void FourRowsFourColumns(ref double from, nint fromStride, ref double to, nint toStride)
    {
        for (int half = 0; half < 4; half += 2)
        {
            Vector256<double> a = Rows(ref from, fromStride, 0), b = Rows(ref from, fromStride, 1);
            Avx.UnpackLow(a, b).StoreUnsafe(ref to);
            Avx.UnpackHigh(a, b).StoreUnsafe(ref Unsafe.Add(ref to, toStride));
            from = ref Unsafe.Add(ref from, 2);
            to = ref Unsafe.Add(ref to, 2 * toStride);
        }
    }

    /// <summary>Two columns of row i and, in the upper half, of row i + 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Rows(ref double from, nint stride, int row) => Avx.InsertVector128(
        Vector128.LoadUnsafe(ref Unsafe.Add(ref from, row * stride)).ToVector256Unsafe(),
        Vector128.LoadUnsafe(ref Unsafe.Add(ref from, (row + 2) * stride)),
        1);
}
