using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>
/// One shape computed by several products and by the reference from the same numbers; the whole storage of the results
/// is compared bit for bit: computed rows, their padding, and the rows around them that must stay as they were.
/// </summary>
sealed class ProductComparison<T>(Products<T>[] products, int batch, int inputs, int outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows before and after the computed ones, filled with a value that must survive.</summary>
    const int Guard = 2;

    const double GuardValue = 777;

    readonly ReferenceProducts<T> _reference = new();

    /// <summary>Numbers to compute with; every row has its padding at zero.</summary>
    public Matrix<T> X { get; } = Numbers(batch + 2 * Guard, inputs, 1);

    public Matrix<T> W { get; } = Numbers(inputs, outputs, 2);

    public Matrix<T> Bias { get; } = Numbers(1, outputs, 3);

    public Matrix<T> Errors { get; } = Numbers(batch + 2 * Guard, outputs, 4);

    public void All()
    {
        Forward();
        Backward();
        WeightGradient();
        BiasGradient();
    }

    public void Forward()
    {
        RowRange rows = new(Guard, Guard + batch);
        Same("U", batch + 2 * Guard, outputs, (p, u) => p.Forward(X, W, Bias, u, rows));
        Same("U without bias", batch + 2 * Guard, outputs, (p, u) => p.Forward(X, W, null, u, rows));
    }

    public void Backward()
    {
        RowRange rows = new(Guard, Guard + batch);
        Same("dX", batch + 2 * Guard, inputs, (p, dx) => p.Backward(Errors, W, dx, rows));
    }

    public void WeightGradient()
    {
        RowRange all = new(0, inputs), some = new(inputs / 3, inputs - inputs / 4);
        Same("dW", inputs, outputs, (p, dw) => p.WeightGradient(X, Errors, batch, dw, all, goOn: false));
        Same("dW of some inputs", inputs, outputs, (p, dw) => p.WeightGradient(X, Errors, batch, dw, some, goOn: false));
        Same("dW going on", inputs, outputs, (p, dw) => p.WeightGradient(X, Errors, batch, dw, some, goOn: true));
    }

    public void BiasGradient()
    {
        Same("db", 1, outputs, (p, db) => p.BiasGradient(Errors, batch, db, goOn: false));
        Same("db going on", 1, outputs, (p, db) => p.BiasGradient(Errors, batch, db, goOn: true));
    }

    void Same(string what, int rows, int columns, Action<Products<T>, Matrix<T>> compute)
    {
        Matrix<T> expected = Guarded(rows, columns);
        compute(_reference, expected);
        foreach (Products<T> one in products)
        {
            Matrix<T> actual = Guarded(rows, columns);
            compute(one, actual);
            Same(what, expected, actual, one);
        }
    }

    void Same(string what, Matrix<T> expected, Matrix<T> actual, Products<T> products)
    {
        int at = FirstDifference(expected.Padded, actual.Padded);
        if (at < 0)
            return;

        int row = at / expected.Stride, column = at % expected.Stride;
        Assert.Fail(
            $"{what}[{row}, {column}] of {batch}x{inputs}x{outputs} {typeof(T).Name}: "
            + $"{actual.Padded[at]} for {expected.Padded[at]} by {products}");
    }

    /// <summary>A result's storage: every row holds a value, its padding zero.</summary>
    static Matrix<T> Guarded(int rows, int columns)
    {
        var matrix = new Matrix<T>(rows, columns);
        for (int row = 0; row < rows; row++)
            matrix[row].Fill(Rounding.To<T>(GuardValue));
        return matrix;
    }

    /// <summary>Numbers of either sign that round in nearly every operation, with zeros of both signs among them.</summary>
    public static Matrix<T> Numbers(int rows, int columns, int seed)
    {
        var matrix = new Matrix<T>(rows, columns);
        ulong state = (ulong)seed * 0x9E3779B97F4A7C15UL + 1;
        for (int row = 0; row < rows; row++)
        {
            foreach (ref T number in matrix[row])
            {
                state = state * 6364136223846793005UL + 1442695040888963407UL;
                double unit = (long)(state >> 11) / (double)(1L << 53);
                number = Rounding.To<T>((state >> 20) % 16 == 0 ? 0 : unit - 0.5);
                if ((state >> 24) % 32 == 0)
                    number = -number;
            }
        }

        return matrix;
    }

    /// <summary>Where bits differ first, or −1; NaNs are equal whatever their payload.</summary>
    static int FirstDifference(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
    {
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)))
            return -1;

        for (int i = 0; i < expected.Length; i++)
        {
            bool same = Bits(expected[i]) == Bits(actual[i]) || (T.IsNaN(expected[i]) && T.IsNaN(actual[i]));
            if (!same)
                return i;
        }

        return -1;
    }

    static long Bits(T value) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<T, int>(value)
        : Unsafe.BitCast<T, long>(value);
}
