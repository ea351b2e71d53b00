using System.Globalization;

namespace Backprop.Textbook;

/// <summary>What "scalars" does on a few rows: the chain, then the same by matrices and by paths.</summary>
public static class ScalarsDemo
{
    const double Step = 1e-5;

    /// <summary>Trains each of them and prints e now and then, and one derivative beside a difference.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        RunChain(output);
        RunMatrices(output);
    }

    static void RunChain(TextWriter output)
    {
        double[] x = [-1, -0.5, 0, 0.5, 1];
        double[] t = [.. x.Select(value => 0.6 * Math.Sin(value))];
        Function[] f = [Function.Tanh, Function.Tanh, Function.Linear];
        var chain = new ScalarChain([0.5, -0.8, 0.9], [0.1, -0.2, 0.3], f);

        output.WriteLine(
            "One neuron in each of three layers: o(i) = f(w(i) o(i-1) - b(i)), e = (t - o(3))^2, summed over five rows.");
        double[] w = chain.W;
        double Error(double w1) => new ScalarChain([w1, w[1], w[2]], chain.B, f).Error(x, t);
        double derivative = x.Zip(t, (xr, tr) => chain.WeightGradient(1, xr, tr)).Sum();
        WriteDerivative(output, "de/dw(1)", derivative, (Error(w[0] + Step) - Error(w[0] - Step)) / (2 * Step));
        WriteTraining(output, steps => chain.Train(x, t, 0.05, steps));
    }

    static void RunMatrices(TextWriter output)
    {
        double[,] x = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
        double[,] t = { { 0 }, { 1 }, { 1 }, { 0 } };
        double[][,] w = [new double[,] { { 1.2, -0.9 }, { -0.7, 1.1 }, { 0.8, 0.6 } }, new double[,] { { 0.9, 1.3, -0.4 } }];
        double[][] b = [[0.1, -0.2, 0.3], [-0.1]];
        Function[][] f = [[Function.Tanh, Function.Tanh, Function.Logistic], [Function.Linear]];
        var matrices = new MatrixChain(w, b, f);
        var paths = new PathSums(w, b, f);

        output.WriteLine();
        output.WriteLine("Exclusive or by layers 2 -> 3 -> 1, each neuron with its own f, as matrices.");
        double Error(double w11)
        {
            double[][,] moved = matrices.W;
            moved[0][0, 0] = w11;
            return new MatrixChain(moved, b, f).Error(x, t);
        }

        double byMatrices = 0;
        double byPaths = 0;
        for (int row = 0; row < x.GetLength(0); row++)
        {
            double[] xr = [x[row, 0], x[row, 1]];
            byMatrices += matrices.WeightGradient(1, xr, [t[row, 0]])[0, 0];
            byPaths += paths.WeightGradient(1, 0, 0, xr, [t[row, 0]]);
        }

        double w11 = w[0][0, 0];
        WriteDerivative(output, "de/dw(1)_11", byMatrices, (Error(w11 + Step) - Error(w11 - Step)) / (2 * Step));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"by the sum over paths {byPaths:F9}: {paths.PathCount()} paths for all weights of a row"));
        WriteTraining(output, steps => matrices.Train(x, t, 0.1, steps));
    }

    static void WriteDerivative(TextWriter output, string name, double derivative, double difference) => output.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{name} = {derivative:F9}, by a central difference {difference:F9}"));

    static void WriteTraining(TextWriter output, Func<int, double> train)
    {
        for (int done = 0; done <= 1000; done += 250)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"after {done,4} steps: e = {train(done == 0 ? 0 : 250):G4}"));
        }
    }
}
