using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop.Tests;

/// <summary>Models to write, read and run, and their prediction by plain loops in double precision.</summary>
static class SmallModels
{
    public static readonly ImmutableSortedDictionary<string, string> NoMetadata =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Parameters that look random but are the same everywhere, between −scale and scale.</summary>
    public static Parameters<T> Fill<T>(Network network, double scale = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(network);
        uint state = 12345;
        for (int k = 0; k < parameters.Weights.Length; k++)
        {
            for (int row = 0; row < parameters.Weights[k].Rows; row++)
                Fill(parameters.Weights[k][row], scale, ref state);
            if (parameters.Biases[k] is { } bias)
                Fill(bias[0], scale, ref state);
        }

        return parameters;
    }

    /// <summary>W = 1: the outputs are the inputs.</summary>
    public static Parameters<T> PassThrough<T>(int width, Activation activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(new Network(width, [new Dense(width, activation, bias: false)]));
        for (int i = 0; i < width; i++)
            parameters.Weights[0][i, i] = T.One;
        return parameters;
    }

    /// <summary>The outputs [rows, outputs] for features [rows, inputs].</summary>
    public static double[] Outputs<T>(Parameters<T> parameters, ReadOnlySpan<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = parameters.Network;
        var x = new double[features.Length];
        for (int i = 0; i < x.Length; i++)
            x[i] = double.CreateChecked(features[i]);
        int rows = features.Length / network.Inputs;
        foreach ((int k, Dense layer) in network.Layers.OfType<Dense>().Index())
        {
            int inputs = network.InputsOf(k), outputs = layer.Width;
            var next = new double[rows * outputs];
            for (int row = 0; row < rows; row++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    double u = parameters.Biases[k] is { } bias ? double.CreateChecked(bias[0, j]) : 0;
                    for (int i = 0; i < inputs; i++)
                        u += x[row * inputs + i] * double.CreateChecked(parameters.Weights[k][i, j]);
                    next[row * outputs + j] = layer.ActivationOf(j).Value(u);
                }
            }

            x = next;
        }

        if (network.HasSoftmax)
        {
            for (int row = 0; row < rows; row++)
                Softmax(x.AsSpan(row * network.Outputs, network.Outputs));
        }

        return x;
    }

    static void Softmax(Span<double> u)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double value in u)
            largest = Math.Max(largest, value);
        foreach (ref double value in u)
        {
            value = Math.Exp(value - largest);
            sum += value;
        }

        foreach (ref double value in u)
            value /= sum;
    }

    static void Fill<T>(Span<T> numbers, double scale, ref uint state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T number in numbers)
        {
            state = state * 1664525 + 1013904223;
            number = T.CreateChecked(scale * (state / (double)uint.MaxValue * 2 - 1));
        }
    }
}
