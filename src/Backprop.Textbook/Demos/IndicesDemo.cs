using System.Globalization;

namespace Backprop.Textbook;

/// <summary>What "indices" does on exclusive or: every node with a function of its own, and no biases.</summary>
public static class IndicesDemo
{
    const double Step = 1e-5;
    const double LearningRate = 0.5;
    const int Steps = 400;

    // Without biases the input (0, 0) would leave every U of level 1 at 0; the weights from an input that is 1 in every row stand
    // in for them.
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

        output.WriteLine(
            "The document has no biases. Input 3 is 1 in every row: W(1)_31 to W(1)_34, the weights from it, are what elsewhere");
        output.WriteLine("are the biases of level 1, one number for each node, added to its U. Level 2 has none.");
        WriteDerivative(output, network, e, 0, 1);
        WriteDerivative(output, network, e, 2, 1);
        double ofBias = s_x.Zip(s_t, (x, t) => network.Errors(network.Values(x), t, e).U[1][1]).Sum();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"the sum of de/dU(1)_2 over the rows, a bias's derivative: {ofBias:F9}"));
        for (int done = 0; done <= Steps; done++)
        {
            if (done % 100 == 0)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"after {done,3} steps: e = {network.Loss(s_x, s_t, e):G6}"));
            }

            // The outputs below are those of the last line's parameters.
            if (done < Steps)
                network.Step(s_x, s_t, e, LearningRate);
        }

        foreach (double[] x in s_x)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"after {Steps} steps, X(0) = ({x[0]}, {x[1]}, {x[2]}): {network.Values(x).X[network.n][0]:F6}"));
        }
    }

    /// <summary>∂e/∂W(1)ᵢⱼ, i and j from 0, beside its difference.</summary>
    static void WriteDerivative(TextWriter output, IndexForm network, Cost e, int i, int j)
    {
        double derivative = network.Gradient(s_x, s_t, e)[1][i, j];
        ref double w = ref network.W[1][i, j];
        (double old, w) = (w, w + Step);
        double above = network.Loss(s_x, s_t, e);
        w = old - Step;
        double below = network.Loss(s_x, s_t, e);
        w = old;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"de/dW(1)_{i + 1}{j + 1} = {derivative:F9}, by a central difference {(above - below) / (2 * Step):F9}"));
    }
}
