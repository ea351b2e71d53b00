using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

public sealed class LaneSumTests
{
    [Fact]
    public void Single_sums_have_the_bits_of_the_plain_loop_at_every_length_and_width()
    {
        CheckAllLengths<Lane1<float>, float>();
        CheckAllLengths<Lanes128<float>, float>();
        CheckAllLengths<Lanes256<float>, float>();
        CheckAllLengths<Lanes512<float>, float>();
    }

    [Fact]
    public void Double_sums_have_the_bits_of_the_plain_loop_at_every_length_and_width()
    {
        CheckAllLengths<Lane1<double>, double>();
        CheckAllLengths<Lanes128<double>, double>();
        CheckAllLengths<Lanes256<double>, double>();
        CheckAllLengths<Lanes512<double>, double>();
    }

    [Fact]
    public void Negative_zeros_sum_to_positive_zero_and_stay_the_maximum()
    {
        CheckZeros<Lane1<float>, float>();
        CheckZeros<Lanes128<float>, float>();
        CheckZeros<Lanes256<float>, float>();
        CheckZeros<Lanes512<float>, float>();
        CheckZeros<Lane1<double>, double>();
        CheckZeros<Lanes128<double>, double>();
        CheckZeros<Lanes256<double>, double>();
        CheckZeros<Lanes512<double>, double>();
    }

    static void CheckAllLengths<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int count = 0; count <= 256; count++)
        {
            // Everything behind the terms is NaN, which would spread if it were taken in.
            T[] a = new T[count + 32], b = new T[count + 32];
            Array.Fill(a, T.NaN);
            Array.Fill(b, T.NaN);
            for (int i = 0; i < count; i++)
            {
                a[i] = Rounding.To<T>(CounterRandom.Normal(1, RandomPurpose.Other, (uint)count, (ulong)i));
                b[i] = Rounding.To<T>(CounterRandom.Normal(2, RandomPurpose.Other, (uint)count, (ulong)i));
            }

            Assert.Equal(
                Plain(a, b, count, T.Zero, (lane, x, _) => lane + x, (x, y) => x + y),
                LaneSum<V, T>.Sum(ref a[0], count));
            Assert.Equal(
                Plain(a, a, count, T.Zero, (lane, x, y) => T.FusedMultiplyAdd(x, y, lane), (x, y) => x + y),
                LaneSum<V, T>.SumOfSquares(ref a[0], count));
            Assert.Equal(
                Plain(a, b, count, T.Zero, (lane, x, y) => T.FusedMultiplyAdd(x, y, lane), (x, y) => x + y),
                LaneSum<V, T>.Dot(ref a[0], ref b[0], count));
            Assert.Equal(
                a.Take(count).DefaultIfEmpty(T.NegativeInfinity).Max(),
                LaneSum<V, T>.Maximum(ref a[0], count));
        }
    }

    /// <summary>The shape as the contract says it.</summary>
    static T Plain<T>(T[] a, T[] b, int count, T start, Func<T, T, T, T> take, Func<T, T, T> combine)
    {
        T[] lanes = new T[16];
        Array.Fill(lanes, start);
        for (int i = 0; i < count; i++)
            lanes[i % 16] = take(lanes[i % 16], a[i], b[i]);
        for (int half = 8; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
                lanes[i] = combine(lanes[i], lanes[i + half]);
        }

        return lanes[0];
    }

    static void CheckZeros<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int count = 1; count <= 40; count++)
        {
            T[] zeros = new T[count];
            Array.Fill(zeros, T.NegativeZero);
            Assert.True(T.IsPositive(LaneSum<V, T>.Sum(ref zeros[0], count)));
            Assert.True(T.IsNegative(LaneSum<V, T>.Maximum(ref zeros[0], count)));
            Assert.Equal(T.Zero, LaneSum<V, T>.Maximum(ref zeros[0], count));

            // A NaN anywhere reaches the sum and leaves the maximum of the others.
            zeros[count / 2] = T.NaN;
            Assert.True(T.IsNaN(LaneSum<V, T>.Sum(ref zeros[0], count)));
            Assert.Equal(count == 1 ? T.NegativeInfinity : T.Zero, LaneSum<V, T>.Maximum(ref zeros[0], count));
        }
    }
}
