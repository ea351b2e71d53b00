using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// A drawn network with its numbers and what the engine makes of them. Every number is one of single precision, so that
/// both precisions meet the same. By construction, never by dropping draws: |U| ≤ 3 before the shift (weights are scaled), and
/// every U and every X − t keeps <see cref="Margin"/> from every kink (a bias, a weight or a target is shifted).
/// </summary>
sealed class Drawn
{
    /// <summary>The distance that every total input and every difference to a target keeps from every kink.</summary>
    public const double Margin = 0.02;

    const double LargestTotal = 3;

    // Rounding to single precision after the shift moves a value by no more than a few 1e-6.
    const double Slack = 1e-4;

    readonly Random _random;
    readonly ValueFlow<double> _values;
    readonly ErrorFlow<double> _errors;
    readonly Workspace<double> _workspace;
    readonly Parameters<double> _unused;

    public Drawn(Shape shape)
    {
        Shape = shape;
        _random = new Random(shape.Seed);
        Network network = shape.Network;
        Parameters = new Parameters<double>(network);
        Inputs = Uniform(shape.Rows, shape.Inputs, 1.5);
        for (int row = 0; row < shape.Rows; row++)
            Inputs[row, 0] = Rounded(Math.Sign(Inputs[row, 0]) * (0.5 + Math.Abs(Inputs[row, 0]) * 2 / 3));

        double[,] x = Inputs;
        for (int k = 0; k < shape.Layers.Length; k++)
            x = Fill(k, x);

        if (shape.HasSoftmax)
            x = Softmax(x);
        Targets = Aims(x);
        RowWeights = shape.Weighted ? [.. Enumerable.Range(0, shape.Rows).Select(_ => Rounded(_random.Next(9) * 0.25))] : null;
        Flow = FlowRecord<double>.Of(Parameters, Examples, shape.Loss, shape.Reduction);
        (_values, _errors) = (new ValueFlow<double>(network), new ErrorFlow<double>(network, shape.Loss, shape.Reduction));
        (_workspace, _unused) = (new Workspace<double>(network, shape.Rows), new Parameters<double>(network));
    }

    public Shape Shape { get; }

    public Parameters<double> Parameters { get; }

    public double[,] Inputs { get; }

    public double[,] Targets { get; }

    public double[]? RowWeights { get; }

    /// <summary>The engine's flows in double precision.</summary>
    public FlowRecord<double> Flow { get; }

    public Examples<double> Examples => new(Matrix<double>.From(Inputs), Matrix<double>.From(Targets), RowWeights);

    /// <summary>What a row's loss is multiplied by in e.</summary>
    public double Factor(int row) => (RowWeights?[row] ?? 1) / (Shape.Reduction == Reduction.Mean ? Shape.Rows : 1);

    /// <summary>e of any parameters and inputs of this shape.</summary>
    public double Loss(Parameters<double> parameters, double[,] inputs)
    {
        _workspace.Load(new Examples<double>(Matrix<double>.From(inputs), Matrix<double>.From(Targets), RowWeights));
        _values.Run(parameters, _workspace);
        return _errors.Run(parameters, _workspace, _unused);
    }

    /// <summary>
    /// A step so small that moving one weight or bias of layer k (from 1), or one input (k = 0), by it moves no U and no X
    /// further than half the margin, so nothing comes to a kink; where there are none, no further than 1/10. A change passes
    /// from X to U by |W| and from U to X by |f′|, which bends by less than 2 (e^U: by itself) on so short a way.
    /// </summary>
    public double SafeStep(int k)
    {
        double way = HasKinks ? Margin / 2 : 0.1;
        double reach = 1;
        for (int row = 0; row < Shape.Rows; row++)
        {
            double[] moved = [.. Enumerable.Repeat(1.0, Shape.Inputs)];
            for (int layer = Math.Max(1, k); layer <= Shape.Layers.Length; layer++)
            {
                LayerRecord<double> flow = Flow.Layers[layer - 1];
                double[] x = Numbers.RowOf((layer == 1 ? Flow.Inputs : Flow.Layers[layer - 2].X).ToArray(), row);
                double[] total = [.. Enumerable.Range(0, flow.Width).Select(j => layer == k
                    ? x.Max(value => Math.Max(1, Math.Abs(value)))
                    : Enumerable.Range(0, moved.Length).Sum(i => Math.Abs(flow.Weights[i, j]) * moved[i]))];
                moved = [.. total.Select((u, j) => u * (flow.Derivative is not { } slope ? 1
                    : flow.Dense.ActivationOf(j).Equals(Activation.Exponential) ? slope[row, j] * Math.Exp(way)
                    : Math.Abs(slope[row, j]) + 2 * way))];
                reach = Math.Max(reach, Math.Max(total.Max(), moved.Max()));
            }
        }

        return way / reach;
    }

    /// <summary>Whether anything here has a kink.</summary>
    public bool HasKinks => Kinks.Of(Shape.Loss).Length > 0
        || Shape.Layers.Any(layer => layer.Neurons.Any(neuron => Kinks.Of(neuron).Length > 0));

    /// <summary>The least distance of a total input or an X − t from a kink.</summary>
    public double Distance()
    {
        double least = double.PositiveInfinity;
        for (int row = 0; row < Shape.Rows; row++)
        {
            foreach (LayerRecord<double> layer in Flow.Layers)
            {
                for (int j = 0; j < layer.Width; j++)
                {
                    foreach (double kink in Kinks.Of(layer.Dense.ActivationOf(j)))
                        least = Math.Min(least, Math.Abs(layer.U[row, j] - kink));
                }
            }

            for (int j = 0; j < Flow.Targets.Columns; j++)
            {
                foreach (double kink in Kinks.Of(Shape.Loss))
                    least = Math.Min(least, Math.Abs(Flow.Layers[^1].X[row, j] - Targets[row, j] - kink));
            }
        }

        return least;
    }

    /// <summary>Weights and biases of a layer, and X of it.</summary>
    double[,] Fill(int k, double[,] x)
    {
        DrawnLayer layer = Shape.Layers[k];
        Matrix<double> w = Parameters.Weights[k];
        Matrix<double>? b = Parameters.Biases[k];
        double size = 1.7 / Math.Sqrt(w.Rows);
        var output = new double[x.GetLength(0), w.Columns];
        for (int j = 0; j < w.Columns; j++)
        {
            for (int i = 0; i < w.Rows; i++)
                w[i, j] = Number(size);
            if (b is not null)
                b[0, j] = Number(0.5);

            double largest = Totals(j).Max(Math.Abs);
            for (int i = 0; largest > LargestTotal && i < w.Rows; i++)
                w[i, j] *= LargestTotal / largest;
            if (largest > LargestTotal && b is not null)
                b[0, j] *= LargestTotal / largest;

            double[] kinks = Kinks.Of(layer.Neurons[j]);
            if (b is not null)
                b[0, j] += Kinks.Shift(Totals(j), [.. Enumerable.Repeat(1.0, x.GetLength(0))], kinks, Margin + Slack);
            else
                w[0, j] += Kinks.Shift(Totals(j), Numbers.RowOf(Algebra.Transpose(x), 0), kinks, Margin + Slack);

            for (int i = 0; i < w.Rows; i++)
                w[i, j] = Rounded(w[i, j]);
            if (b is not null)
                b[0, j] = Rounded(b[0, j]);

            double[] totals = Totals(j);
            for (int row = 0; row < totals.Length; row++)
                output[row, j] = layer.Neurons[j].Value(totals[row]);
        }

        return output;

        double[] Totals(int j) => [.. Enumerable.Range(0, x.GetLength(0)).Select(row =>
            Enumerable.Range(0, w.Rows).Sum(i => x[row, i] * w[i, j]) + (b?[0, j] ?? 0))];
    }

    /// <summary>Targets as the loss likes them: a class, a label, a share, a count or a number, away from its kinks.</summary>
    double[,] Aims(double[,] output)
    {
        double[,] targets = Uniform(output.GetLength(0), output.GetLength(1), 1.5);
        double[] kinks = Kinks.Of(Shape.Loss);
        for (int row = 0; row < targets.GetLength(0); row++)
        {
            int own = _random.Next(targets.GetLength(1));
            double first = 0.25 * _random.Next(1, 5);
            for (int j = 0; j < targets.GetLength(1); j++)
            {
                targets[row, j] = Shape.Loss.Kind switch
                {
                    // Mostly a class; sometimes the class and its neighbour share.
                    LossKind.Softmax => (j == own ? first : 0) + (j == (own + 1) % targets.GetLength(1) ? 1 - first : 0),
                    LossKind.Joint => Math.Round(Math.Abs(targets[row, j])),
                    _ => targets[row, j],
                };
                if (Shape.Loss.Link is { } link && link.Equals(Activation.Logistic))
                    targets[row, j] = Math.Min(1, targets[row, j]);
                targets[row, j] -= Kinks.Shift([output[row, j] - targets[row, j]], [1], kinks, Margin + Slack);
                targets[row, j] = Rounded(targets[row, j]);
            }
        }

        return targets;
    }

    double[,] Uniform(int rows, int columns, double size)
    {
        var numbers = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                numbers[row, column] = Number(size);
        }

        return numbers;
    }

    double Number(double size) => Rounded((2 * _random.NextDouble() - 1) * size);

    static double Rounded(double value) => (float)value;

    static double[,] Softmax(double[,] u)
    {
        var x = new double[u.GetLength(0), u.GetLength(1)];
        for (int row = 0; row < u.GetLength(0); row++)
        {
            double sum = Enumerable.Range(0, u.GetLength(1)).Sum(j => Math.Exp(u[row, j]));
            for (int j = 0; j < u.GetLength(1); j++)
                x[row, j] = Math.Exp(u[row, j]) / sum;
        }

        return x;
    }
}
