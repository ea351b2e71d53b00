using System.Collections.Immutable;
using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>A small network with rows and parameters, and its gradient as the engine takes it.</summary>
sealed class GradientCase
{
    public GradientCase(
        Network network, Loss loss, int rows, ulong seed, Reduction reduction = Reduction.Mean, bool weighted = false,
        bool classes = false)
    {
        (Network, Loss, Reduction) = (network, loss, reduction);
        Parameters = Sample.Parameters<double>(network, seed);
        Inputs = Sample.Matrix<double>(rows, network.Inputs, seed + 1_000_000);
        Weights = weighted ? Sample.Weights(rows, seed + 2_000_000) : [.. Enumerable.Repeat(1.0, rows)];
        Classes = classes ? Sample.Classes(rows, network.Outputs, seed + 3_000_000) : null;
        Targets = Classes is null
            ? Sample.Matrix<double>(rows, network.Outputs, seed + 3_000_000, 0.5, 0.5)
            : new Matrix<double>(rows, network.Outputs);
        for (int r = 0; r < rows && Classes is not null; r++)
            Targets[r, Classes[r]] = 1;

        Workspace = new Workspace<double>(network, rows, keepEverything: true);
        Gradient = new Parameters<double>(network);
        Values = new ValueFlow<double>(network);
        Errors = new ErrorFlow<double>(network, loss, reduction);
        Workspace.Load(Classes is null
            ? new Examples<double>(Inputs, Targets, weighted ? Weights : null)
            : new Examples<double>(Inputs, Classes, weighted ? Weights : null));
        Value = Evaluate();
    }

    public Network Network { get; }

    public Loss Loss { get; }

    public Reduction Reduction { get; }

    public Parameters<double> Parameters { get; }

    public Matrix<double> Inputs { get; }

    public Matrix<double> Targets { get; }

    public int[]? Classes { get; }

    public double[] Weights { get; }

    public Workspace<double> Workspace { get; }

    public Parameters<double> Gradient { get; }

    public double Value { get; }

    ValueFlow<double> Values { get; }

    ErrorFlow<double> Errors { get; }

    /// <summary>The first seed from here on whose U and X keep a distance from every kink.</summary>
    public static GradientCase AwayFromKinks(Func<ulong, GradientCase> make, ulong first)
    {
        for (ulong seed = first; seed < first + 10_000; seed += 1)
        {
            GradientCase made = make(seed);
            if (made.DistanceFromKinks() > 5e-4)
                return made;
        }

        throw new InvalidOperationException("No seed keeps away from the kinks.");
    }

    public double Evaluate()
    {
        Values.Run(Parameters, Workspace);
        return Errors.Run(Parameters, Workspace, Gradient);
    }

    /// <summary>
    /// Central differences of e against the gradient, for every parameter and every input. Step h = 10⁻⁵: each
    /// difference is off by h²·|e‴|/6, some 10⁻¹⁰, and by the rounding of e over h, some 10⁻¹⁰·|e|. The bound is 10⁻⁷ of
    /// the largest Σ|terms| of a tensor's gradient (the largest of 1 for ∂e/∂X⁰, whose terms are not at hand).
    /// </summary>
    public void CheckDifferences()
    {
        const double h = 1e-5;
        var differences = new List<double[]>();
        Matrix<double>[] tensors = [.. Sample.Matrices(Parameters)];
        Evaluate();
        double[][] gradients = [.. Sample.Matrices(Gradient).Select(Flat)];
        double[] scales = TermSums();
        double[] inputErrors = Flat(Workspace.InputErrors!);
        for (int t = 0; t < tensors.Length; t++)
            differences.Add(Differences(tensors[t]));

        for (int t = 0; t < tensors.Length; t++)
            AssertClose(gradients[t], differences[t], 1e-7 * scales[t], $"tensor {t} of {Network} under {Loss}");

        double[] inputDifferences = Differences(Workspace.Inputs);
        AssertClose(
            inputErrors, inputDifferences, 1e-7 * Math.Max(1, inputErrors.Max(Math.Abs)), $"∂e/∂X⁰ of {Network} under {Loss}");

        double[] Differences(Matrix<double> matrix)
        {
            var result = new double[matrix.Rows * matrix.Columns];
            for (int i = 0; i < result.Length; i++)
            {
                ref double value = ref matrix[i / matrix.Columns][i % matrix.Columns];
                double old = value;
                value = old + h;
                double above = Evaluate();
                value = old - h;
                double below = Evaluate();
                value = old;
                result[i] = (above - below) / (2 * h);
            }

            return result;
        }
    }

    public static double[] Flat(Matrix<double> matrix) =>
        [.. Enumerable.Range(0, matrix.Rows).SelectMany(row => matrix[row].ToArray())];

    public static double[][] Rows(Matrix<double> matrix) => Rows(matrix, matrix.Rows);

    /// <summary>The first rows.</summary>
    public static T[][] Rows<T>(Matrix<T> matrix, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            [.. Enumerable.Range(0, count).Select(row => matrix[row].ToArray())];

    public static void AssertClose(double[] actual, double[] expected, double bound, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(
                Math.Abs(actual[i] - expected[i]) <= bound,
                $"{what}, element {i}: {actual[i]:R} against {expected[i]:R}, bound {bound:R}");
        }
    }

    /// <summary>The largest Σᵣ|x·∂e/∂u| of each weight matrix, Σᵣ|∂e/∂u| of each bias.</summary>
    double[] TermSums()
    {
        var sums = new List<double>();
        ImmutableArray<Dense> layers = Network.DenseLayers();
        for (int k = 0; k < layers.Length; k++)
        {
            Matrix<double> x = k == 0 ? Workspace.Inputs : Workspace.X[k - 1];
            Matrix<double> delta = Workspace.Delta[k];
            double largest = 0;
            double largestBias = 0;
            for (int j = 0; j < delta.Columns; j++)
            {
                largestBias = Math.Max(largestBias, Enumerable.Range(0, x.Rows).Sum(r => Math.Abs(delta[r, j])));
                for (int i = 0; i < x.Columns; i++)
                    largest = Math.Max(largest, Enumerable.Range(0, x.Rows).Sum(r => Math.Abs(x[r, i] * delta[r, j])));
            }

            sums.Add(largest);
            if (layers[k].HasBias)
                sums.Add(largestBias);
        }

        return [.. sums];
    }

    /// <summary>The least distance of any u from 0 and ±1 where its activation has a kink, of any |x − t| from 0 and δ.</summary>
    double DistanceFromKinks()
    {
        double least = double.MaxValue;
        ImmutableArray<Dense> layers = Network.DenseLayers();
        for (int k = 0; k < layers.Length; k++)
        {
            for (int j = 0; j < layers[k].Width; j++)
            {
                double[] kinks = layers[k].ActivationOf(j).Named.Name switch
                {
                    "relu" or "leaky-relu" or "elu" or "selu" or "softsign" => [0],
                    "hard-tanh" => [-1, 1],
                    _ => [],
                };
                foreach (double kink in kinks)
                {
                    for (int r = 0; r < Inputs.Rows; r++)
                        least = Math.Min(least, Math.Abs(Workspace.KeptU[k]![r, j] - kink));
                }
            }
        }

        double[] distances = Loss.Named.Name switch
        {
            "absolute" or "quantile" => [0],
            "huber" => [1],
            _ => [],
        };
        foreach (double distance in distances)
        {
            for (int i = 0; i < Targets.Rows * Targets.Columns; i++)
            {
                (int r, int j) = (i / Targets.Columns, i % Targets.Columns);
                least = Math.Min(least, Math.Abs(Math.Abs(Workspace.X[^1][r, j] - Targets[r, j]) - distance));
            }
        }

        return least;
    }
}
