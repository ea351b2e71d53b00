using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Operations that a width does by an instruction of its own do what the plain ones do.</summary>
public sealed class LanesTests
{
    static readonly float[] s_values =
        [0f, -0f, 1.5f, -1.5f, 1e-40f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3.25e38f];

    [Fact]
    public void The_lesser_of_two_is_the_second_beside_NaN_and_of_equals()
    {
        Check<Lanes128<float>>();
        Check<Lanes256<float>>();
        Check<Lanes512<float>>();

        static void Check<V>()
            where V : struct, ILanes<V, float>
        {
            foreach (float a in s_values)
            {
                foreach (float b in s_values)
                    AssertSame(a < b ? a : b, V.First(V.Lesser(V.Broadcast(a), V.Broadcast(b))));
            }
        }
    }

    [Fact]
    public void A_product_is_subtracted_with_one_rounding()
    {
        Check<Lane1<float>>();
        Check<Lanes128<float>>();
        Check<Lanes256<float>>();
        Check<Lanes512<float>>();

        static void Check<V>()
            where V : struct, ILanes<V, float>
        {
            foreach (float a in s_values)
            {
                foreach (float b in s_values)
                {
                    foreach (float c in s_values)
                    {
                        float expected = float.FusedMultiplyAdd(-a, b, c);
                        float actual = V.First(V.SubtractProduct(V.Broadcast(a), V.Broadcast(b), V.Broadcast(c)));
                        if (float.IsNaN(expected))
                            Assert.True(float.IsNaN(actual));
                        else
                            AssertSame(expected, actual);
                    }
                }
            }
        }
    }

    static void AssertSame(float expected, float actual) =>
        Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(actual));
}
