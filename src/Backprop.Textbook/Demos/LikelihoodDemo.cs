using System.Globalization;

namespace Backprop.Textbook;

/// <summary>What "likelihood" does on a few rows, with each of its three outputs.</summary>
public static class LikelihoodDemo
{
    const double Step = 1e-5;

    static readonly double[,] s_x =
    {
        { 0.9, 0.1 }, { 0.8, -0.2 }, { -0.7, 0.6 }, { -0.9, 0.3 }, { 0.1, -0.8 }, { -0.2, -0.9 },
    };

    static readonly double[,] s_classes =
    {
        { 1, 0, 0 }, { 1, 0, 0 }, { 0, 1, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 1 },
    };

    /// <summary>Climbs Ln with each output and prints it now and then, and one derivative beside a difference.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Climb(output, Function.Tanh, LikelihoodOutput.Softmax, "sum t ln y");
        Climb(output, Function.Logistic, LikelihoodOutput.Logistic, "sum t ln y + (1 - t) ln(1 - y)");
        Climb(output, Function.Relu, LikelihoodOutput.Linear, "-1/2 sum (t - y)^2");
    }

    static void Climb(TextWriter output, Function f, LikelihoodOutput g, string formula)
    {
        double[,] w = { { 0.4, -0.6, 0.2, 0.5 }, { -0.3, 0.7, -0.5, 0.1 } };
        double[] b = [0.1, 0.2, 0.3, 0.1];
        double[,] v = { { 0.3, -0.2, 0.1 }, { -0.4, 0.5, 0.2 }, { 0.6, -0.1, -0.3 }, { 0.1, 0.2, -0.6 } };
        double[] c = [0, 0.1, -0.1];
        var network = new Likelihood(w, b, v, c, f, g);
        output.WriteLine($"Hidden {f}, output {g}: Ln = {formula}, climbed by +alpha dLn/dW.");

        double Ln(double w11)
        {
            double[,] moved = network.W;
            moved[0, 0] = w11;
            return new Likelihood(moved, b, v, c, f, g).Ln(s_x, s_classes);
        }

        double derivative = network.Gradient(s_x, s_classes).W[0, 0];
        double difference = (Ln(w[0, 0] + Step) - Ln(w[0, 0] - Step)) / (2 * Step);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"dLn/dW_11 = {derivative:F9}, by a central difference {difference:F9}"));
        for (int done = 0; done <= 400; done += 100)
        {
            double ln = network.Train(s_x, s_classes, 0.1, done == 0 ? 0 : 100);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after {done,3} steps: Ln = {ln:F6}"));
        }

        output.WriteLine();
    }
}
