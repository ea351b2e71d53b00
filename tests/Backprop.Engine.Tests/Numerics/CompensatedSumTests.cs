using Xunit;

namespace Backprop.Engine.Tests;

public sealed class CompensatedSumTests
{
    [Fact]
    public void Keeps_what_a_plain_sum_loses()
    {
        CompensatedSum sum = default;
        foreach (double term in (double[])[1, 1e100, 1, -1e100])
            sum.Add(term);

        Assert.Equal(2, sum.Value);
    }

    [Fact]
    public void Ten_million_tenths_are_a_million()
    {
        CompensatedSum sum = default;
        for (int i = 0; i < 10_000_000; i++)
            sum.Add(0.1);

        Assert.Equal(1_000_000, sum.Value);
    }

    [Fact]
    public void Infinity_and_NaN_come_through()
    {
        CompensatedSum sum = default;
        sum.Add(1);
        sum.Add(double.PositiveInfinity);
        sum.Add(1);
        Assert.Equal(double.PositiveInfinity, sum.Value);
        sum.Add(double.NaN);
        Assert.Equal(double.NaN, sum.Value);
    }
}
