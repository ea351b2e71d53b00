using System.Numerics;
using System.Runtime.InteropServices;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The width of the vector changes no bit of an elementary function, special values and far ones included.</summary>
public sealed class ElementaryWidthTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. ElementaryFunctions.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_precision_has_the_same_bits_at_every_width(string name) => CheckSingle(name, 65_537);

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Slow")]
    public void Single_precision_has_the_same_bits_at_every_width_densely(string name) => CheckSingle(name, 4_099);

    [Theory]
    [MemberData(nameof(Names))]
    public void Double_precision_has_the_same_bits_at_every_width(string name) => CheckDouble(name, 1 << 16);

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Slow")]
    public void Double_precision_has_the_same_bits_at_every_width_densely(string name) => CheckDouble(name, 1 << 20);

    /// <summary>Each <paramref name="stride"/>th of all 2^32 patterns, NaN of all kinds among them.</summary>
    static void CheckSingle(string name, uint stride)
    {
        float[] x = new float[(1L << 32) / stride / 16 * 16];
        for (int i = 0; i < x.Length; i++)
            x[i] = BitConverter.UInt32BitsToSingle((uint)i * stride);

        CheckWidths<float, uint>(name, x, Results<Lane1<float>, float>, Results<Lanes128<float>, float>,
            Results<Lanes256<float>, float>, Results<Lanes512<float>, float>);
    }

    /// <summary>Half of the arguments are all patterns alike, half are of ordinary size.</summary>
    static void CheckDouble(string name, int count)
    {
        double[] x = new double[count];
        for (int i = 0; i < x.Length; i++)
        {
            ulong bits = CounterRandom.Bits(1, RandomPurpose.Other, 0, (ulong)i);
            x[i] = i % 2 == 0 ? BitConverter.UInt64BitsToDouble(bits) : ((long)bits >> 11) * (32.0 / (1L << 53));
        }

        CheckWidths<double, ulong>(name, x, Results<Lane1<double>, double>, Results<Lanes128<double>, double>,
            Results<Lanes256<double>, double>, Results<Lanes512<double>, double>);
    }

    [Theory]
    [InlineData("exp", 1.0)]
    [InlineData("expMinusOne", 2.0)]
    [InlineData("log", 1.0)]
    [InlineData("logOnePlus", 1.0)]
    [InlineData("tanh", 2.0)]
    [InlineData("logistic", 2.0)]
    [InlineData("softplus", 2.0)]
    [InlineData("erf", 2.0)]
    [InlineData("sin", 2.0)]
    [InlineData("cos", 2.0)]
    [Trait("Category", "Slow")]
    public void Single_precision_agrees_with_double_precision_everywhere(string name, double maximum)
    {
        // Every 509th pattern. The double result, itself within 2 of its much smaller ulp, stands for the exact one.
        double worst = 0, worstAt = 0;
        float[] x = new float[1 << 16];
        double[] exact = new double[x.Length];
        for (ulong start = 0; start < 1UL << 32; start += 509UL * (ulong)x.Length)
        {
            for (int i = 0; i < x.Length; i++)
                exact[i] = x[i] = BitConverter.UInt32BitsToSingle(unchecked((uint)(start + (ulong)i * 509)));
            float[] y = Results<Lanes256<float>, float>(name, x);
            ElementaryFunctions.Apply<Lanes256<double>, double>(name, exact);
            for (int i = 0; i < x.Length; i++)
            {
                if (y[i] == 0 && Math.Abs(exact[i]) < 1.1754943508222875e-38)
                    continue;

                // The largest finite number plus half an ulp is where rounding to infinity begins.
                bool overflow = Math.Abs(exact[i]) >= 3.4028235677973366e38;
                double limit = overflow ? double.CopySign(double.PositiveInfinity, exact[i]) : exact[i];
                double error = ElementaryGolden.UlpError(y[i], new(x[i], 0, limit, 0), 4);
                if (!(error <= worst))
                    (worst, worstAt) = (error, x[i]);
            }
        }

        output.WriteLine($"{name}: {worst:F3} ulp at {worstAt:R}");
        Assert.True(worst <= maximum, $"{name}: {worst} ulp at {worstAt:R}");
    }

    static T[] Results<V, T>(string name, T[] x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = (T[])x.Clone();
        ElementaryFunctions.Apply<V, T>(name, y);
        return y;
    }

    static void CheckWidths<T, TBits>(string name, T[] x, params Func<string, T[], T[]>[] widths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TBits : unmanaged, IEquatable<TBits>
    {
        T[] expected = widths[0](name, x);
        foreach (Func<string, T[], T[]> width in widths[1..])
        {
            T[] actual = width(name, x);
            int same = MemoryMarshal.Cast<T, TBits>(expected).CommonPrefixLength(MemoryMarshal.Cast<T, TBits>(actual));
            bool equal = same == x.Length;
            Assert.True(equal, equal ? "" : $"{name}({x[same]:R}): {expected[same]:R} and {actual[same]:R}");
        }
    }
}
