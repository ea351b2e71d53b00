using System.Globalization;

namespace Backprop.Textbook;

/// <summary>What "indices" does on exclusive or: every node with a function of its own, and no biases.</summary>
public static class IndicesDemo
{
    const double Step = 1e-5;
    const double LearningRate = 0.5;

    // Without biases the input (0, 0) would give 0 everywhere; an input that is always 1 stands in for them.
    static readonly double[][] s_x = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]];
    static readonly double[][] s_t = [[0], [1], [1], [0]];

    /// <summary>Trains on the four rows and prints e now and then, and one derivative beside a difference.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var network = new IndexForm(
            [
                new double[,] { { 0.8, -0.6, 0.5, 0.3 }, { -0.7, 0.9, 0.6, -0.4 }, { 0.1, 0.2, -0.3, 0.4 } },
                new double[,] { { 0.7 }, { 0.8 }, { -0.5 }, { 0.2 } },
            ],
            [[Function.Tanh, Function.Tanh, Function.Softplus, Function.Sine], [Function.Logistic]]);
        Cost e = Cost.LogisticCrossEntropy;
        output.WriteLine($"Exclusive or by levels 3 -> 4 -> 1, each node with its own f; e is the {e}, summed over four rows.");

        double derivative = network.Gradient(s_x, s_t, e)[1][0, 1];
        ref double w = ref network.W[1][0, 1];
        (double old, w) = (w, w + Step);
        double above = network.Loss(s_x, s_t, e);
        w = old - Step;
        double below = network.Loss(s_x, s_t, e);
        w = old;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"de/dW(1)_12 = {derivative:F9}, by a central difference {(above - below) / (2 * Step):F9}"));
        for (int step = 0; step <= 400; step++)
        {
            double before = network.Step(s_x, s_t, e, LearningRate);
            if (step % 100 == 0)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after {step,3} steps: e = {before:G4}"));
        }

        foreach (double[] x in s_x)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{x[0]} xor {x[1]}: {network.Values(x).X[network.n][0]:F3}"));
        }
    }
}
