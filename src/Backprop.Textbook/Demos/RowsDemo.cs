using System.Globalization;

namespace Backprop.Textbook;

/// <summary>What "rows" does on exclusive or: the same derivative by the long form, by deltas and by a difference.</summary>
public static class RowsDemo
{
    const double Step = 1e-5;
    const int Steps = 2000;

    static readonly double[][] s_x = [[0, 0], [0, 1], [1, 0], [1, 1]];
    static readonly double[][] s_y = [[0], [1], [1], [0]];

    /// <summary>Trains on the four rows and prints C now and then, and one derivative beside a difference.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var network = new RowVectors(
            [
                new double[,] { { 1.8, -1.6, 0.5 }, { -1.7, 1.9, 0.6 } },
                new double[,] { { 1.7 }, { 1.8 }, { -0.5 } },
            ],
            [[-0.4, -0.5, 0.1], [-0.6]],
            [Function.Logistic, Function.Logistic]);
        output.WriteLine("Exclusive or by layers 2 -> 3 -> 1 of logistic neurons; C = 1/2 (y - a)^2, summed over four rows.");

        RowVectors.Values values = network.Forward(s_x[1]);
        double byLongForm = network.LongForm(values, s_y[1]).w[1][1, 0];
        double byDeltas = network.Deltas(values, s_y[1]).w[1][1, 0];
        ref double w = ref network.w[1][1, 0];
        (double old, w) = (w, w + Step);
        double above = network.C(s_x[1], s_y[1]);
        w = old - Step;
        double below = network.C(s_x[1], s_y[1]);
        w = old;
        double difference = (above - below) / (2 * Step);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"dC/dw1_21 of row 2 = {byLongForm:F9} by (9), {byDeltas:F9} by (13), {difference:F9} by a central difference"));
        for (int done = 0; done <= Steps; done++)
        {
            if (done % 500 == 0)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"after {done,4} steps: C = {network.C(s_x, s_y):G6}"));
            }

            // The outputs below are those of the last line's parameters.
            if (done < Steps)
                network.Step(s_x, s_y);
        }

        foreach (double[] x in s_x)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"after {Steps} steps, {x[0]} xor {x[1]}: {network.Forward(x).a[network.l][0, 0]:F6}"));
        }
    }
}
