using System.Globalization;

namespace Backprop.Textbook;

/// <summary>What "scalars" does on a few rows: the chain, then two hidden layers by matrices and path by path.</summary>
public static class ScalarsDemo
{
    const double Step = 1e-5;

    /// <summary>Trains each of them and prints e now and then, and one derivative beside a difference.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        RunChain(output);
        RunPaths(output);
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

    static void RunPaths(TextWriter output)
    {
        double[,] x = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
        double[,] t = { { 0, 0 }, { 1, 0 }, { 1, 0 }, { 0, 1 } };
        double[][,] w =
        [
            new double[,] { { 1.2, -0.9 }, { -0.7, 1.1 }, { 0.8, 0.6 } },
            new double[,] { { 0.9, 1.3, -0.4 }, { -0.5, 0.7, 0.8 } },
            new double[,] { { 1.1, -0.6 }, { 0.4, 0.9 } },
        ];
        double[][] b = [[0.1, -0.2, 0.3], [-0.1, 0.2], [0.05, -0.15]];
        Function[][] f =
        [
            [Function.Tanh, Function.Tanh, Function.Logistic], [Function.Tanh, Function.Softplus],
            [Function.Sine, Function.Linear],
        ];
        var matrices = new MatrixChain(w, b, f);
        var paths = new PathSums(w, b, f);

        output.WriteLine();
        output.WriteLine("Exclusive or and and, two outputs, by layers 2 -> 3 -> 2 -> 2, each neuron with its own f.");
        for (int i = 1; i <= paths.N; i++)
            output.WriteLine($"from a neuron of layer {i} to the outputs: {Paths(paths.PathCount(i))}");

        output.WriteLine($"for all weights of a row: {Paths(paths.PathCount())}, each with a product of its own");
        WriteProducts(output, paths, Shapes.Row(x, 2), Shapes.Row(t, 2));

        double Error(double w11)
        {
            double[][,] moved = matrices.W;
            moved[0][0, 0] = w11;
            return new MatrixChain(moved, b, f).Error(x, t);
        }

        var rows = Enumerable.Range(0, x.GetLength(0));
        double byPaths = rows.Sum(row => paths.WeightGradient(1, 0, 0, Shapes.Row(x, row), Shapes.Row(t, row)));
        double byMatrices = rows.Sum(row => matrices.WeightGradient(1, Shapes.Row(x, row), Shapes.Row(t, row))[0, 0]);
        double difference = (Error(w[0][0, 0] + Step) - Error(w[0][0, 0] - Step)) / (2 * Step);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"of all four rows by the sums over paths {byPaths:F9}, by matrices");
        WriteDerivative(output, name, byMatrices, difference);
        WriteTraining(output, steps => matrices.Train(x, t, 0.1, steps));
    }

    /// <summary>∂e/∂w⁽¹⁾₁₁ of one row as its document has it in 2.2-5: a product for each path, and 2 times their sum.</summary>
    static void WriteProducts(TextWriter output, PathSums paths, double[] x, double[] t)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"de/dw(1)_11 of x = ({x[0]}, {x[1]}): along a path (o - t) f' w f' w f' x, the factors from the output down"));
        double sum = 0;
        foreach (int[] path in paths.Paths(1, 0))
        {
            double[] factors = paths.Factors(1, path, 0, x, t);
            double product = factors.Aggregate((all, factor) => all * factor);
            sum += product;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"path {string.Join(" -> ", path.Select(k => k + 1))}: "
                + $"{string.Join(" * ", factors.Select(factor => factor.ToString("F6", CultureInfo.InvariantCulture)))}"
                + $" = {product:F9}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"2 times their sum: {2 * sum:F9}"));
    }

    static string Paths(long count) => count == 1 ? "1 path" : $"{count} paths";

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
