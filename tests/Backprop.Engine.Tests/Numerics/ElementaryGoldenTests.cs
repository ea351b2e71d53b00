using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>
/// The accuracy that the functions' documentation states, against exact values of mpmath, at every width.
/// </summary>
public sealed class ElementaryGoldenTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("exp", 1.0, 1.0)]
    [InlineData("expMinusOne", 2.0, 2.0)]
    [InlineData("log", 1.0, 1.0)]
    [InlineData("logOnePlus", 1.0, 1.0)]
    [InlineData("tanh", 2.0, 2.0)]
    [InlineData("logistic", 2.0, 2.0)]
    [InlineData("softplus", 2.0, 2.0)]
    [InlineData("erf", 2.0, 2.0)]
    [InlineData("sin", 2.0, 2.0)]
    [InlineData("cos", 2.0, 2.0)]
    public void Is_as_accurate_as_documented_at_every_width(string name, double maximumSingle, double maximumDouble)
    {
        Check<Lane1<float>, float>(name, maximumSingle);
        Check<Lanes128<float>, float>(name, maximumSingle);
        Check<Lanes256<float>, float>(name, maximumSingle);
        Check<Lanes512<float>, float>(name, maximumSingle);
        Check<Lane1<double>, double>(name, maximumDouble);
        Check<Lanes128<double>, double>(name, maximumDouble);
        Check<Lanes256<double>, double>(name, maximumDouble);
        Check<Lanes512<double>, double>(name, maximumDouble);
    }

    [Fact]
    public void Power_is_as_accurate_as_documented()
    {
        double worst = 0;
        foreach (ElementaryGolden.Record record in ElementaryGolden.Of("pow", 8))
        {
            double error = ElementaryGolden.UlpError(Elementary.Pow(record.X, record.Y), record, 8);
            worst = Math.Max(worst, error);
            Assert.True(error <= 1, $"{record.X:R}^{record.Y:R}: {error} ulp");
        }

        output.WriteLine($"pow {worst:F3} ulp");
    }

    [Theory]
    [InlineData(0.0, 0.0, 1.0)]
    [InlineData(double.NaN, 0.0, 1.0)]
    [InlineData(1.0, double.NaN, 1.0)]
    [InlineData(double.NaN, 1.0, double.NaN)]
    [InlineData(2.0, double.NaN, double.NaN)]
    [InlineData(0.0, 2.0, 0.0)]
    [InlineData(0.0, -2.0, double.PositiveInfinity)]
    [InlineData(-0.0, 3.0, -0.0)]
    [InlineData(-0.0, -3.0, double.NegativeInfinity)]
    [InlineData(-2.0, 0.5, double.NaN)]
    [InlineData(double.PositiveInfinity, -1.0, 0.0)]
    [InlineData(double.NegativeInfinity, 3.0, double.NegativeInfinity)]
    [InlineData(0.5, double.PositiveInfinity, 0.0)]
    [InlineData(0.5, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(-1.0, double.PositiveInfinity, 1.0)]
    [InlineData(10.0, 400.0, double.PositiveInfinity)]
    [InlineData(10.0, -400.0, 0.0)]
    [InlineData(-10.0, 401.0, double.NegativeInfinity)]
    public void Power_has_the_special_cases_of_IEEE_754(double x, double y, double expected) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(Elementary.Pow(x, y)));

    [Fact]
    public void Inverse_normal_is_as_accurate_as_documented()
    {
        double worst = 0;
        foreach (ElementaryGolden.Record record in ElementaryGolden.Of("inverseNormal", 8))
        {
            double actual = Elementary.InverseNormal(record.X);
            double error = record.Result == 0 ? Math.Abs(actual) : Math.Abs(actual / record.Result - 1);
            worst = Math.Max(worst, error);
            Assert.True(error <= 2e-15, $"inverse normal of {record.X:R}: relative error {error}");
        }

        output.WriteLine($"inverse normal {worst:E2}");
        Assert.Equal(double.NegativeInfinity, Elementary.InverseNormal(0));
        Assert.Equal(double.PositiveInfinity, Elementary.InverseNormal(1));
        Assert.Equal(double.NaN, Elementary.InverseNormal(-0.1));
        Assert.Equal(double.NaN, Elementary.InverseNormal(1.1));
        Assert.Equal(double.NaN, Elementary.InverseNormal(double.NaN));
    }

    void Check<V, T>(string name, double maximum)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = typeof(T) == typeof(float) ? 4 : 8;
        ElementaryGolden.Record[] records = ElementaryGolden.Of(name, size);
        T[] results = new T[records.Length + 16];
        for (int i = 0; i < records.Length; i++)
            results[i] = Rounding.To<T>(records[i].X);
        ElementaryFunctions.Apply<V, T>(name, results);

        double worst = 0, worstAt = 0;
        for (int i = 0; i < records.Length; i++)
        {
            ElementaryGolden.Record record = records[i];
            double actual = Rounding.ToDouble(results[i]);

            // Below the smallest normal number e^x and what equals it there are documented to be 0.
            double smallest = size == 4 ? 1.1754943508222875e-38 : 2.2250738585072014E-308;
            if (name is "exp" or "logistic" or "softplus" && record.Result < smallest && actual == 0)
                continue;

            double error = ElementaryGolden.UlpError(actual, record, size);
            if (!(error <= worst))
                (worst, worstAt) = (error, record.X);
        }

        output.WriteLine($"{name} {typeof(V).Name} {typeof(T).Name}: {worst:F3} ulp at {worstAt:R}");
        Assert.True(worst <= maximum, $"{name} in {typeof(V).Name} of {typeof(T).Name}: {worst} ulp at {worstAt:R}");
    }
}
