using System.Runtime.InteropServices;
using Backprop.Engine;

namespace Backprop.Bench;

/// <summary>
/// A workload's rows and initial parameters as files. Inputs are uniform with deviation 1; the class is the largest of
/// fixed random linear scores, the number a squashed one, so there is something to learn.
/// </summary>
static class WorkloadData
{
    const ulong Seed = 4;

    public static void Write(Job job)
    {
        Directory.CreateDirectory(job.Data);
        Network network = job.Network;
        Matrix<float> inputs = Inputs(job.Rows, network.Inputs);
        double[,] scores = Scores(inputs, network.Outputs);
        RawFile.Write(PathOf(job, "x"), [inputs]);
        if (job.IsRegression)
            RawFile.Write(PathOf(job, "y"), [Numbers(scores)]);
        else
            RawFile.Write(PathOf(job, "y"), Classes(scores));

        var parameters = new Parameters<float>(network);
        for (int k = 0; k < network.Layers.Length; k++)
        {
            if (network.Layers[k] is Dense layer)
                Initializer.DefaultFor(layer.Activations[0].Activation).Fill(parameters, k, Seed);
        }

        RawFile.Write(PathOf(job, "p"), InOrder(parameters));
    }

    public static Examples<float> ReadExamples(Job job)
    {
        Network network = job.Network;
        var inputs = new Matrix<float>(job.Rows, network.Inputs);
        RawFile.Read(PathOf(job, "x"), [inputs]);
        if (!job.IsRegression)
            return new Examples<float>(inputs, RawFile.ReadIntegers(PathOf(job, "y"), job.Rows));

        var targets = new Matrix<float>(job.Rows, network.Outputs);
        RawFile.Read(PathOf(job, "y"), [targets]);
        return new Examples<float>(inputs, targets);
    }

    public static Parameters<float> ReadParameters(Job job)
    {
        var parameters = new Parameters<float>(job.Network);
        ReadInto(parameters, PathOf(job, "p"));
        return parameters;
    }

    public static void ReadInto(Parameters<float> parameters, string path) => RawFile.Read(path, InOrder(parameters));

    public static string PathOf(Job job, string part) => Path.Combine(job.Data, $"{job.Name}.{part}");

    /// <summary>Layer after layer: W [in, out], then b.</summary>
    static IEnumerable<Matrix<float>> InOrder(Parameters<float> parameters)
    {
        for (int k = 0; k < parameters.Weights.Length; k++)
        {
            yield return parameters.Weights[k];
            yield return parameters.Biases[k]!;
        }
    }

    /// <summary>Uniform numbers of deviation 1.</summary>
    public static Matrix<float> Inputs(int rows, int columns)
    {
        var inputs = new Matrix<float>(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            Span<float> values = inputs[row];
            CounterRandom.FillWords(
                MemoryMarshal.Cast<float, uint>(values), Seed, RandomPurpose.Other, 0, (ulong)row * (ulong)columns);
            Span<uint> words = MemoryMarshal.Cast<float, uint>(values);
            for (int i = 0; i < columns; i++)
                values[i] = (float)(((words[i] / 4294967296.0) - 0.5) * Math.Sqrt(12));
        }

        return inputs;
    }

    static double[,] Scores(Matrix<float> inputs, int outputs)
    {
        double[] teacher = new double[outputs * inputs.Columns];
        for (int i = 0; i < teacher.Length; i++)
            teacher[i] = CounterRandom.Normal(Seed, RandomPurpose.Other, 1, (ulong)i) / Math.Sqrt(inputs.Columns);

        double[,] scores = new double[inputs.Rows, outputs];
        for (int row = 0; row < inputs.Rows; row++)
        {
            Span<float> values = inputs[row];
            for (int output = 0; output < outputs; output++)
            {
                double sum = 0;
                for (int i = 0; i < values.Length; i++)
                    sum += values[i] * teacher[(output * values.Length) + i];
                scores[row, output] = sum;
            }
        }

        return scores;
    }

    static int[] Classes(double[,] scores) =>
        [.. Enumerable.Range(0, scores.GetLength(0)).Select(row =>
            Enumerable.Range(0, scores.GetLength(1)).MaxBy(output => scores[row, output]))];

    static Matrix<float> Numbers(double[,] scores)
    {
        var targets = new Matrix<float>(scores.GetLength(0), scores.GetLength(1));
        for (int row = 0; row < targets.Rows; row++)
        {
            for (int output = 0; output < targets.Columns; output++)
                targets[row, output] = (float)Math.Tanh(scores[row, output]);
        }

        return targets;
    }
}
