using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The value flow of a check, apart from the engine's: plain loops, row by row, over numbers that remember on which smooth
/// piece of each formula they lie. It carries a change of one U through the layers after it.
/// </summary>
/// <remarks>
/// Not e(p ± h) is computed but what they differ from e(p) by: ΔU = ΔX·W is exact to its own digits, ΔX = f(U + ΔU) − f(U) and
/// Δℓ are taken neuron by neuron and row by row, and softmax cross-entropy has a closed form. So what does not change adds
/// no rounding, and a small gradient is not lost beside a large loss.
/// </remarks>
sealed class DifferenceFlow
{
    readonly LaneWidth _width;
    readonly Parameters<double> _parameters;
    readonly Network _network;
    readonly Dense[] _layers;
    readonly Loss _loss;
    readonly Activation?[][] _activations;
    readonly Matrix<double>[] _u;
    readonly Matrix<double>[] _x;
    readonly ulong[][] _patterns;
    readonly Matrix<double> _targets;
    readonly Matrix<double> _losses;
    readonly ulong[] _lossPatterns;

    /// <summary>The values of a batch, from which changes start.</summary>
    /// <param name="parameters">The weights and biases.</param>
    /// <param name="flow">The batch.</param>
    /// <param name="width">Which form of the loops runs; it changes no bit.</param>
    public DifferenceFlow(Parameters<double> parameters, FlowRecord<double> flow, LaneWidth width)
    {
        _width = width;
        (_parameters, _network, _loss) = (parameters, flow.Network, flow.Loss);
        _layers = [.. flow.Layers.Select(layer => layer.Layer)];
        _activations =
        [
            .. _layers.Select(layer => layer.Activations.SelectMany(run => Enumerable.Repeat(
                run.Activation.Equals(Activation.Linear) ? null : run.Activation, run.Count)).ToArray()),
        ];
        _u = [.. _layers.Select(layer => new Matrix<double>(flow.Rows, layer.Width))];
        _x = [.. _layers.Select(layer => new Matrix<double>(flow.Rows, layer.Width))];
        _patterns = [.. _layers.Select(layer => new ulong[flow.Rows * layer.Width])];
        _targets = new Matrix<double>(flow.Rows, _network.Outputs);
        _losses = new Matrix<double>(flow.Rows, _network.Outputs);
        _lossPatterns = new ulong[flow.Rows * _network.Outputs];
        for (int row = 0; row < flow.Rows; row++)
            Begin(row, flow);
    }

    /// <summary>ℓ of each row's outputs before any change; 0 where the loss couples them (softmax).</summary>
    public ReadOnlySpan<double> LossesOf(int row) => _losses[row];

    /// <summary>What a row's loss changes by where one neuron's U does.</summary>
    /// <returns>Δℓ, or null where some formula goes over to another of its pieces.</returns>
    public double? ChangeByNeuron(int row, int layer, int neuron, double change, DifferenceScratch scratch)
    {
        Span<double> du = scratch.U[layer][0];
        du.Clear();
        du[neuron] = change;
        return Change(row, layer, scratch);
    }

    /// <summary>What a row's loss changes by where one of its inputs does.</summary>
    /// <returns>Δℓ, or null where some formula goes over to another of its pieces.</returns>
    public double? ChangeByInput(int row, int feature, double change, DifferenceScratch scratch)
    {
        scratch.U[0].Padded.Clear();
        AddScaled(change, ref _parameters.Weights[0].RowReference(feature), scratch.U[0]);
        return Change(row, 0, scratch);
    }

    void Begin(int row, FlowRecord<double> flow)
    {
        ReadOnlySpan<double> input = flow.Inputs[row];
        var u = new Matrix<double>[1];
        for (int k = 0; k < _layers.Length; k++)
        {
            u[0] = new Matrix<double>(1, _layers[k].Width);
            if (_parameters.Biases[k] is { } bias)
                bias[0].CopyTo(u[0][0]);
            for (int i = 0; i < input.Length; i++)
                AddScaled(input[i], ref _parameters.Weights[k].RowReference(i), u[0]);
            u[0][0].CopyTo(_u[k][row]);
            for (int j = 0; j < u[0].Columns; j++)
            {
                PatternReal x = ValueOf(k, j, u[0][0, j]);
                (_x[k][row, j], _patterns[k][row * u[0].Columns + j]) = (x.Value, x.Pattern);
            }

            input = _x[k][row];
        }

        flow.Targets[row].CopyTo(_targets[row]);
        if (_network.HasSoftmax)
            Softmax(_x[^1][row]);
        if (_loss.Kind == LossKind.Softmax)
            return;

        ReadOnlySpan<double> output = _loss.Kind == LossKind.Joint ? _u[^1][row] : _x[^1][row];
        for (int j = 0; j < output.Length; j++)
        {
            PatternReal loss = _loss.Trace(new PatternReal(output[j]), new PatternReal(_targets[row, j]));
            (_losses[row, j], _lossPatterns[row * output.Length + j]) = (loss.Value, loss.Pattern);
        }
    }

    // Compiled for speed at once: a check is over before the runtime would have found out that these are hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double? Change(int row, int layer, DifferenceScratch scratch)
    {
        int last = _layers.Length - 1;
        for (int k = layer; k < last; k++)
        {
            if (!Activate(row, k, scratch, scratch.X[k]))
                return null;
            scratch.U[k + 1].Padded.Clear();
            for (int i = 0; i < scratch.X[k].Length; i++)
            {
                if (scratch.X[k][i] != 0)
                    AddScaled(scratch.X[k][i], ref _parameters.Weights[k + 1].RowReference(i), scratch.U[k + 1]);
            }
        }

        if (_loss.Kind == LossKind.Softmax)
            return SoftmaxLossChange(_x[last][row], _targets[row], scratch.U[last][0]);
        if (!_network.HasSoftmax && _loss.Kind == LossKind.Plain)
            return Activate(row, last, scratch, scratch.X[last]) ? LossChange(row, _x[last][row], scratch.X[last]) : null;
        if (_loss.Kind == LossKind.Joint)
            return LossChange(row, _u[last][row], scratch.U[last][0]);

        Span<double> output = scratch.X[last];
        for (int j = 0; j < output.Length; j++)
            output[j] = _u[last][row, j] + scratch.U[last][0, j];
        Softmax(output);
        for (int j = 0; j < output.Length; j++)
            output[j] -= _x[last][row, j];
        return LossChange(row, _x[last][row], output);
    }

    /// <summary>ΔX = f(U + ΔU) − f(U); false where a neuron's pattern changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Activate(int row, int k, DifferenceScratch scratch, Span<double> dx)
    {
        Span<double> du = scratch.U[k][0];
        Span<double> u = _u[k][row];
        Span<double> x = _x[k][row];
        for (int j = 0; j < dx.Length; j++)
        {
            if (du[j] == 0 || _activations[k][j] is null)
            {
                dx[j] = du[j];
                continue;
            }

            PatternReal moved = ValueOf(k, j, u[j] + du[j]);
            if (moved.Pattern != _patterns[k][row * dx.Length + j])
                return false;
            dx[j] = moved.Value - x[j];
        }

        return true;
    }

    /// <summary>Σ ℓ(o + Δo, t) − ℓ(o, t) over a row's outputs; null where the pattern of one changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double? LossChange(int row, ReadOnlySpan<double> output, ReadOnlySpan<double> change)
    {
        CompensatedSum sum = default;
        for (int j = 0; j < output.Length; j++)
        {
            if (change[j] == 0)
                continue;
            PatternReal loss = _loss.Trace(new PatternReal(output[j] + change[j]), new PatternReal(_targets[row, j]));
            if (loss.Pattern != _lossPatterns[row * output.Length + j])
                return null;
            sum.Add(loss.Value - _losses[row, j]);
        }

        return sum.Value;
    }

    /// <summary>
    /// The change of ℓ = Σ tⱼ · (ln Σᵢ e^uᵢ − uⱼ): Σt · ln(1 + Σ pᵢ·(e^(Δuᵢ − Δu_m) − 1)) − Σ tⱼ·(Δuⱼ − Δu_m), with m where t is
    /// largest; of a class alone the last sum is 0, and nothing cancels however sure the network is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double SoftmaxLossChange(ReadOnlySpan<double> p, ReadOnlySpan<double> target, ReadOnlySpan<double> du)
    {
        int m = 0;
        for (int j = 1; j < target.Length; j++)
            m = target[j] > target[m] ? j : m;
        (CompensatedSum grown, CompensatedSum crossed, CompensatedSum total) = (default, default, default);
        for (int j = 0; j < p.Length; j++)
        {
            double t = target[j] * (1 - _loss.Smoothing) + _loss.Smoothing / p.Length;
            grown.Add(p[j] * Elementary.ExpMinusOne(du[j] - du[m]));
            crossed.Add(t * (du[j] - du[m]));
            total.Add(t);
        }

        return total.Value * Elementary.LogOnePlus(grown.Value) - crossed.Value;
    }

    PatternReal ValueOf(int k, int neuron, double u) =>
        _activations[k][neuron] is { } activation ? activation.Trace(new PatternReal(u)) : new PatternReal(u);

    static void Softmax(Span<double> values)
    {
        double shift = values[0];
        foreach (double value in values)
            shift = Math.Max(shift, value);
        CompensatedSum sum = default;
        for (int j = 0; j < values.Length; j++)
        {
            values[j] = Elementary.Exp(values[j] - shift);
            sum.Add(values[j]);
        }

        foreach (ref double value in values)
            value /= sum.Value;
    }

    /// <summary>to += factor · from, over one row with its padding.</summary>
    void AddScaled(double factor, ref double from, Matrix<double> to)
    {
        switch (_width)
        {
            case LaneWidth.Bits512:
                AddScaled<Lanes512<double>>(factor, ref from, to);
                break;
            case LaneWidth.Bits256:
                AddScaled<Lanes256<double>>(factor, ref from, to);
                break;
            case LaneWidth.Bits128:
                AddScaled<Lanes128<double>>(factor, ref from, to);
                break;
            case LaneWidth.Reference:
                AddScaled<Lane1<double>>(factor, ref from, to);
                break;
            default:
                throw new InvalidOperationException($"There is no loop of the width {_width}.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddScaled<V>(double factor, ref double from, Matrix<double> to)
        where V : struct, ILanes<V, double>
    {
        ref double sum = ref to.Origin;
        V factors = V.Broadcast(factor);
        for (int j = 0; j < to.Columns; j += V.Count)
            V.Store(V.MultiplyAdd(factors, V.Load(ref from, (nuint)j), V.Load(ref sum, (nuint)j)), ref sum, (nuint)j);
    }
}
