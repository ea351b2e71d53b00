using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>A batch whose gradient is checked: the error flow's record of it, and the differences' own value flow.</summary>
sealed class NetworkCheck
{
    /// <summary>Half a unit in the last place of 1: what one rounding makes at most.</summary>
    const double OneRounding = 1.0 / (1L << 53);

    readonly Network _network;
    readonly FlowRecord<double> _flow;
    readonly DifferenceFlow _values;
    readonly double[] _factors;
    readonly Matrix<double>[] _sizes;

    /// <summary>[layer][neuron]: squared roundings of e by the neuron's own U and X, over all rows.</summary>
    readonly double[][] _ofNeurons;

    /// <summary>[layer, row]: the same of all neurons of that layer and those after it, and of the loss.</summary>
    readonly double[,] _ofRows;

    public NetworkCheck(Parameters<double> parameters, Examples<double> examples, Loss loss, Reduction reduction)
    {
        _network = parameters.Network;
        _flow = FlowRecord<double>.Of(parameters, examples, loss, reduction);
        int wrong = 0;
        while (wrong < _flow.Rows && double.IsFinite(_flow.RowLosses[wrong]))
            wrong++;
        if (wrong < _flow.Rows)
        {
            throw new ArgumentException(
                $"The loss of row {wrong} is {ShortNumber.Text(_flow.RowLosses[wrong])}, so there is no gradient to check.");
        }

        _values = new DifferenceFlow(_flow.CopyParameters(), _flow, LaneWidths.Best);
        double share = reduction == Reduction.Mean ? 1.0 / _flow.Rows : 1;
        _factors = [.. _flow.RowWeights.Select(weight => weight * share)];
        _sizes = ErrorSizes.Of(_flow, _factors);
        _ofNeurons = [.. _flow.Layers.Select(layer => new double[layer.Layer.Width])];
        _ofRows = new double[_flow.Layers.Length + 1, _flow.Rows];
        AddRoundings();
    }

    public GradientCheckResult Run(GradientCheckOptions options)
    {
        var groups = ImmutableArray.CreateBuilder<GradientGroup>();
        uint stream = 0;
        using var crew = new Crew(CrewSize.For(_network, _flow.Rows));
        foreach (TensorCheck tensor in Tensors())
            groups.Add(tensor.Run(_network, options, stream++, crew));
        return new GradientCheckResult(groups.ToImmutable(), options.Tolerance);
    }

    IEnumerable<TensorCheck> Tensors()
    {
        yield return Inputs();
        for (int k = 0; k < _flow.Layers.Length; k++)
        {
            yield return Weights(k);
            if (_flow.Layers[k].BiasGradient is { } gradient)
                yield return Biases(k, gradient);
        }
    }

    TensorCheck Inputs()
    {
        ReadOnlyMatrix<double> weights = _flow.Layers[0].Weights;
        double mean = MeanMagnitude(_flow.Inputs);
        double scale = 0;
        for (int row = 0; row < _flow.Rows; row++)
        {
            ReadOnlySpan<double> sizes = _sizes[0][row];
            for (int i = 0; i < weights.Rows; i++)
            {
                double sum = 0;
                ReadOnlySpan<double> outgoing = weights[i];
                for (int j = 0; j < outgoing.Length; j++)
                    sum += Math.Abs(outgoing[j]) * sizes[j];
                scale = Larger(scale, sum);
            }
        }

        return new TensorCheck
        {
            Tensor = GradientTensor.Inputs,
            Layer = 0,
            Analytic = _flow.InputErrors,
            Scale = scale,
            Magnitude = (row, i) => Math.Max(Math.Abs(_flow.Inputs[row, i]), mean),
            Rounding = (row, _) => OneRounding * Math.Sqrt(_ofRows[0, row]),
            Central = (row, i, h, scratch) =>
                _values.ChangeByInput(row, i, h, scratch) is { } up && _values.ChangeByInput(row, i, -h, scratch) is { } down
                    ? _factors[row] * (up - down) / (2 * h)
                    : null,
        };
    }

    TensorCheck Weights(int k)
    {
        LayerRecord<double> layer = _flow.Layers[k];
        ReadOnlyMatrix<double> from = k == 0 ? _flow.Inputs : _flow.Layers[k - 1].X;
        double mean = MeanMagnitude(layer.Weights);
        var sums = new double[layer.Weights.Columns];
        double scale = 0;
        for (int i = 0; i < layer.Weights.Rows; i++)
        {
            sums.AsSpan().Clear();
            for (int row = 0; row < _flow.Rows; row++)
                AddTerms(sums, from[row][i], _sizes[k][row]);
            scale = sums.Aggregate(scale, Larger);
        }

        return new TensorCheck
        {
            Tensor = GradientTensor.Weights,
            Layer = k,
            Analytic = layer.WeightGradient,
            Scale = scale,
            Magnitude = (i, j) => Math.Max(Math.Abs(layer.Weights[i, j]), mean),
            Rounding = (_, j) => RoundingOf(k, j),
            Central = (i, j, h, scratch) => Central(k, j, row => from[row, i], h, scratch),
        };
    }

    TensorCheck Biases(int k, ReadOnlyMatrix<double> gradient)
    {
        ReadOnlyMatrix<double> biases = _flow.Layers[k].Biases!;
        double mean = MeanMagnitude(biases);
        var sums = new double[biases.Columns];
        for (int row = 0; row < _flow.Rows; row++)
            AddTerms(sums, 1, _sizes[k][row]);
        return new TensorCheck
        {
            Tensor = GradientTensor.Biases,
            Layer = k,
            Analytic = gradient,
            Scale = sums.Aggregate(0.0, Larger),
            Magnitude = (_, j) => Math.Max(Math.Abs(biases[0, j]), mean),
            Rounding = (_, j) => RoundingOf(k, j),
            Central = (_, j, h, scratch) => Central(k, j, _ => 1, h, scratch),
        };
    }

    /// <summary>D(h) of a weight or bias: each row's loss is differenced by itself, then they are added, compensated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double? Central(int k, int neuron, Func<int, double> inputOf, double h, DifferenceScratch scratch)
    {
        CompensatedSum sum = default;
        for (int row = 0; row < _flow.Rows; row++)
        {
            double change = h * inputOf(row);
            if (change == 0 || _factors[row] == 0)
                continue;
            if (_values.ChangeByNeuron(row, k, neuron, change, scratch) is not { } up
                || _values.ChangeByNeuron(row, k, neuron, -change, scratch) is not { } down)
            {
                return null;
            }

            sum.Add(_factors[row] * (up - down));
        }

        return sum.Value / (2 * h);
    }

    double RoundingOf(int k, int neuron)
    {
        double sum = _ofNeurons[k][neuron];
        for (int row = 0; row < _flow.Rows; row++)
            sum += _ofRows[k + 1, row];
        return OneRounding * Math.Sqrt(sum);
    }

    /// <summary>A rounding of U or X moves e by itself times ∂e/∂U or ∂e/∂X; one of ℓ by its factor.</summary>
    void AddRoundings()
    {
        int layers = _flow.Layers.Length;
        for (int row = 0; row < _flow.Rows; row++)
        {
            foreach (double loss in _values.LossesOf(row))
                _ofRows[layers, row] += Squared(_factors[row] * loss);
            for (int k = layers - 1; k >= 0; k--)
            {
                LayerRecord<double> layer = _flow.Layers[k];
                double sum = 0;
                for (int j = 0; j < layer.Layer.Width; j++)
                {
                    double own = Squared(layer.U[row, j] * layer.Delta[row, j])
                        + Squared(layer.OutputErrors is { } errors ? layer.X[row, j] * errors[row, j] : 0);
                    _ofNeurons[k][j] += own;
                    sum += own;
                }

                _ofRows[k, row] = _ofRows[k + 1, row] + sum;
            }
        }
    }

    static double Squared(double value) => double.IsFinite(value) ? value * value : 0;

    static double Larger(double scale, double sum) => sum > scale && double.IsFinite(sum) ? sum : scale;

    static void AddTerms(double[] sums, double input, ReadOnlySpan<double> sizes)
    {
        for (int j = 0; input != 0 && j < sums.Length; j++)
            sums[j] += Math.Abs(input) * sizes[j];
    }

    static double MeanMagnitude(ReadOnlyMatrix<double> values)
    {
        double sum = 0;
        for (int row = 0; row < values.Rows; row++)
        {
            foreach (double value in values[row])
                sum += Math.Abs(value);
        }

        return sum > 0 ? sum / ((double)values.Rows * values.Columns) : 1;
    }
}
