using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Where an activation or a loss is not smooth: its derivative jumps, or its second one, which differences feel as much.
/// </summary>
static class Kinks
{
    /// <summary>The total inputs U at which f or f′ bends.</summary>
    public static double[] Of(Activation activation) => activation.Named.Name switch
    {
        "relu" or "leaky-relu" or "elu" or "selu" or "softsign" => [0],
        "hard-tanh" => [-1, 1],
        _ => [],
    };

    /// <summary>The differences X − t at which a plain loss or its derivative bends.</summary>
    public static double[] Of(Loss loss) => loss.Named.Name switch
    {
        "absolute" or "quantile" => [0],
        "huber" => [-DeltaOf(loss), DeltaOf(loss)],
        _ => [],
    };

    /// <summary>
    /// The smallest shift in size that brings every value further than <paramref name="margin"/> from every kink, each
    /// value moved by shift · its lever. There is one, since every value forbids no more than an interval per kink.
    /// </summary>
    public static double Shift(double[] values, double[] levers, double[] kinks, double margin)
    {
        (double Low, double High)[] forbidden = [.. values.Zip(levers).SelectMany(pair => kinks.Select(kink => (
            (kink - pair.First) / pair.Second - margin / Math.Abs(pair.Second),
            (kink - pair.First) / pair.Second + margin / Math.Abs(pair.Second))))];
        return forbidden.SelectMany(interval => new[] { interval.Low, interval.High }).Append(0)
            .Where(shift => !forbidden.Any(interval => interval.Low < shift && shift < interval.High))
            .MinBy(Math.Abs);
    }

    static double DeltaOf(Loss loss) => loss.Named.Numbers[0].Value;
}
