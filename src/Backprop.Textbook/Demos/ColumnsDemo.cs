using System.Globalization;

namespace Backprop.Textbook;

/// <summary>What "columns" does on exclusive or: all four examples at once, each a column, through two hidden layers.</summary>
public static class ColumnsDemo
{
    const double Step = 1e-5;
    const double LearningRate = 0.05;
    const int Steps = 500;

    static readonly double[,] s_i = { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } };
    static readonly double[,] s_y = { { 0, 1, 1, 0 } };

    /// <summary>Trains on the four columns and prints L now and then, and one derivative beside a difference.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var network = new BatchColumns(
            [
                new double[,] { { 1.8, -1.6 }, { -1.7, 1.9 }, { 0.5, 0.6 } },
                new double[,] { { 0.9, 0.7, -0.3 }, { -0.4, 0.6, 0.8 } },
            ],
            [[-0.4, -0.5, 0.1], [0.2, -0.1]],
            [Function.Logistic, Function.Tanh],
            new double[,] { { 0.8, -0.5 } },
            [0.1]);
        output.WriteLine("Exclusive or by layers 2 -> 3 -> 2 -> 1, N = 4 columns at a time; L = 1/2 sum (O - Y)^2.");

        double derivative = network.Backward(network.Forward(s_i), s_y).WH[1][0, 1];
        ref double w = ref network.WH[1][0, 1];
        (double old, w) = (w, w + Step);
        double above = network.L(s_i, s_y);
        w = old - Step;
        double below = network.L(s_i, s_y);
        w = old;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"dL/dW_H_12 = {derivative:F9}, by a central difference {(above - below) / (2 * Step):F9}"));
        for (int done = 0; done <= Steps; done++)
        {
            if (done % 100 == 0)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"after {done,3} steps: L = {network.L(s_i, s_y):G6}"));
            }

            // The outputs below are those of the last line's parameters.
            if (done < Steps)
                network.Step(s_i, s_y, LearningRate);
        }

        double[,] o = network.Forward(s_i).O;
        for (int column = 0; column < 4; column++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"after {Steps} steps, {s_i[0, column]} xor {s_i[1, column]}: {o[0, column]:F6}"));
        }
    }
}
