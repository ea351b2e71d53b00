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

    /// <param name="flow">The batch as the engine's flows have it.</param>
    /// <param name="differenceOf">The difference of a layer; null for each kind's own.</param>
    public NetworkCheck(FlowRecord<double> flow, Func<DifferencePlace, LayerDifference>? differenceOf = null)
    {
        (_network, _flow) = (flow.Network, flow);
        int wrong = 0;
        while (wrong < _flow.Rows && double.IsFinite(_flow.RowLosses[wrong]))
            wrong++;
        if (wrong < _flow.Rows)
        {
            throw new ArgumentException(
                $"The loss of row {wrong} is {ShortNumber.Text(_flow.RowLosses[wrong])}, so there is no gradient to check.");
        }

        _values = new DifferenceFlow(_flow, LaneWidths.Best, differenceOf ?? LayerDifference.Of);
        double share = flow.Reduction == Reduction.Mean ? 1.0 / _flow.Rows : 1;
        _factors = [.. _flow.RowWeights.Select(weight => weight * share)];
        _sizes = ErrorSizes.Of(_flow, _values, _factors);
        _ofNeurons = [.. _flow.Layers.Select(layer => new double[layer.Width])];
        _ofRows = new double[_flow.Layers.Length + 1, _flow.Rows];
        AddRoundings();
    }

    public GradientCheckResult Run(GradientCheckOptions options)
    {
        var groups = ImmutableArray.CreateBuilder<GradientGroup>();
        uint stream = 0;
        using var crew = new Crew(CrewSize.For(_network, _flow.Rows));
        foreach (TensorCheck tensor in Tensors())
            groups.Add(tensor.Run(options, stream++, crew));
        return new GradientCheckResult(groups.ToImmutable(), options.Tolerance);
    }

    IEnumerable<TensorCheck> Tensors()
    {
        if (_network.Inputs > 0)
            yield return Inputs();
        for (int k = 0; k < _flow.Layers.Length; k++)
        {
            for (int tensor = 0; tensor < _flow.Layers[k].Tensors.Length; tensor++)
            {
                if (_flow.Layers[k].Tensors[tensor].Gradient is { } gradient)
                    yield return Of(k, tensor, gradient);
            }
        }
    }

    TensorCheck Inputs()
    {
        double mean = MeanMagnitude(_flow.Inputs);
        var sums = new Matrix<double>(_flow.Rows, _network.Inputs);
        _values.Layers[0].SizesBack(_sizes[0], sums);
        double scale = 0;
        for (int row = 0; row < _flow.Rows; row++)
        {
            foreach (double sum in sums[row])
                scale = LayerDifference.Larger(scale, sum);
        }

        bool couples = _values.CouplesRowsFrom(0);
        double ofAllRows = RoundingOf(0);
        return new TensorCheck
        {
            Tensor = GradientTensor.Inputs,
            Layer = 0,
            Name = "inputs",
            Analytic = _flow.InputErrors,
            Scale = scale,
            Magnitude = (row, i) => Math.Max(Math.Abs(_flow.Inputs[row, i]), mean),
            Rounding = (row, _) => couples ? ofAllRows : OneRounding * Math.Sqrt(_ofRows[0, row]),
            Room = () => _values.Scratch(couples),
            Central = couples ? OfAllRows : OfOneRow,
        };

        double? OfOneRow(int row, int i, double h, DifferenceScratch scratch) =>
            _values.ChangeByInput(row, i, h, scratch) is { } up && _values.ChangeByInput(row, i, -h, scratch) is { } down
                ? _factors[row] * (up - down) / (2 * h)
                : null;

        double? OfAllRows(int row, int i, double h, DifferenceScratch scratch) =>
            _values.ChangesByInput(row, i, h, scratch.Losses.Up, scratch)
            && _values.ChangesByInput(row, i, -h, scratch.Losses.Down, scratch) ? Central(h, scratch) : null;
    }

    TensorCheck Of(int k, int tensor, ReadOnlyMatrix<double> gradient)
    {
        LayerDifference layer = _values.Layers[k];
        ReadOnlyMatrix<double> values = _flow.Layers[k].Tensors[tensor].Values;
        double mean = MeanMagnitude(values);
        bool couples = !layer.HasSlopes || _values.CouplesRowsFrom(k + 1);
        return new TensorCheck
        {
            Tensor = layer.KindOf(tensor),
            Layer = k,
            Name = layer.NameOf(tensor),
            Analytic = gradient,
            Scale = layer.ScaleOf(tensor, _sizes[k]),
            Magnitude = (i, j) => Math.Max(Math.Abs(values[i, j]), mean),
            Rounding = (_, j) => layer.HasSlopes ? RoundingOf(k, layer.ColumnOf(tensor, j)) : RoundingOf(k),
            Room = () => _values.Scratch(couples),
            Central = (i, j, h, scratch) => !layer.HasSlopes ? CentralOfEntry(k, tensor, (i, j), h, scratch)
                : couples ? CentralOfAll(k, layer.ColumnOf(tensor, j), row => layer.Slope(tensor, row, i, j), h, scratch)
                : Central(k, layer.ColumnOf(tensor, j), row => layer.Slope(tensor, row, i, j), h, scratch),
        };
    }

    /// <summary>D(h) of an entry: each row's loss is differenced by itself, then they are added, compensated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double? Central(int k, int neuron, Func<int, double> slopeOf, double h, DifferenceScratch scratch)
    {
        CompensatedSum sum = default;
        for (int row = 0; row < _flow.Rows; row++)
        {
            double change = h * slopeOf(row);
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

    /// <summary>The same where a later layer computes on all rows together.</summary>
    double? CentralOfAll(int k, int neuron, Func<int, double> slopeOf, double h, DifferenceScratch scratch) =>
        _values.ChangesByNeuron(k, neuron, row => h * slopeOf(row), scratch.Losses.Up, scratch)
        && _values.ChangesByNeuron(k, neuron, row => -h * slopeOf(row), scratch.Losses.Down, scratch)
            ? Central(h, scratch)
            : null;

    /// <summary>The same of an entry that has no slope.</summary>
    double? CentralOfEntry(int k, int tensor, (int Line, int Column) entry, double h, DifferenceScratch scratch) =>
        _values.ChangesByEntry(k, tensor, entry, h, scratch.Losses.Up, scratch)
        && _values.ChangesByEntry(k, tensor, entry, -h, scratch.Losses.Down, scratch)
            ? Central(h, scratch)
            : null;

    double Central(double h, DifferenceScratch scratch)
    {
        CompensatedSum sum = default;
        for (int row = 0; row < _flow.Rows; row++)
        {
            if (_factors[row] != 0)
                sum.Add(_factors[row] * (scratch.Losses.Up[row] - scratch.Losses.Down[row]));
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

    /// <summary>The same where all neurons of the layer may move.</summary>
    double RoundingOf(int k) => OneRounding * Math.Sqrt(Enumerable.Range(0, _flow.Rows).Sum(row => _ofRows[k, row]));

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
                for (int j = 0; j < layer.Width; j++)
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
