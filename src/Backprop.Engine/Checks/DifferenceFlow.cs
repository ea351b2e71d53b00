using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The value flow of a check, apart from the engine's: plain loops over numbers that remember on which smooth piece of each
/// formula they lie. It carries a change of one U through the layers after it: row by row, or where a layer computes on rows
/// together, of all rows at once.
/// </summary>
/// <remarks>
/// Not e(p ± h) is computed but what they differ from e(p) by: ΔU = ΔX·W is exact to its own digits, ΔX = f(U + ΔU) − f(U) and
/// Δℓ are taken neuron by neuron and row by row, and softmax cross-entropy has a closed form. So what does not change adds
/// no rounding, and a small gradient is not lost beside a large loss.
/// </remarks>
sealed class DifferenceFlow
{
    readonly Network _network;
    readonly Loss _loss;
    readonly ImmutableArray<double> _weights;
    readonly Matrix<double> _outputs;
    readonly Matrix<double> _targets;
    readonly Matrix<double> _losses;
    readonly ulong[] _lossPatterns;

    /// <summary>The values of a batch, from which changes start.</summary>
    /// <param name="flow">The batch.</param>
    /// <param name="width">Which form of the loops runs; it changes no bit.</param>
    /// <param name="differenceOf">The difference of a layer.</param>
    public DifferenceFlow(FlowRecord<double> flow, LaneWidth width, Func<DifferencePlace, LayerDifference> differenceOf)
    {
        (_network, _loss, _weights) = (flow.Network, flow.Loss, flow.RowWeights);
        var layers = ImmutableArray.CreateBuilder<LayerDifference>(flow.Layers.Length);
        (Matrix<double> input, ReadOnlyMatrix<double> source) = (flow.Inputs.Matrix, flow.Inputs);
        foreach (LayerRecord<double> record in flow.Layers)
        {
            layers.Add(differenceOf(
                new DifferencePlace { Record = record, Source = source, In = input, Flow = flow, Width = width }));
            (input, source) = (layers[^1].X, record.X);
        }

        Layers = layers.ToImmutable();
        _outputs = _network.HasSoftmax ? new Matrix<double>(flow.Rows, _network.Outputs) : input;
        _targets = flow.Targets.Matrix;
        _losses = new Matrix<double>(flow.Rows, _network.Outputs);
        _lossPatterns = new ulong[flow.Rows * _network.Outputs];
        for (int row = 0; row < flow.Rows; row++)
            Begin(row);
    }

    /// <summary>Each of the network's <see cref="Network.NumberedLayers"/>.</summary>
    public ImmutableArray<LayerDifference> Layers { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => _targets.Rows;

    /// <summary>ℓ of each row's outputs before any change; 0 where the loss couples them (softmax).</summary>
    public ReadOnlySpan<double> LossesOf(int row) => _losses[row];

    /// <summary>Whether a change that comes into a layer, counted from 0, spreads over rows there or later.</summary>
    public bool CouplesRowsFrom(int layer) => Layers.Skip(layer).Any(difference => difference.CouplesRows);

    /// <summary>Room for the changes of one row, or of all.</summary>
    public DifferenceScratch Scratch(bool ofAllRows = false) => new(_network, Layers, ofAllRows ? Rows : 1);

    /// <summary>What a row's loss changes by where one neuron's U does, and no layer after it couples rows.</summary>
    /// <returns>Δℓ, or null where some formula goes over to another of its pieces.</returns>
    public double? ChangeByNeuron(int row, int layer, int neuron, double change, DifferenceScratch scratch)
    {
        Span<double> du = scratch.U[layer][0];
        du.Clear();
        du[neuron] = change;
        return Carry(row, layer, scratch) ? LossChange(row, 0, scratch) : null;
    }

    /// <summary>What a row's loss changes by where one of its inputs does, and no layer couples rows.</summary>
    /// <returns>Δℓ, or null where some formula goes over to another of its pieces.</returns>
    public double? ChangeByInput(int row, int feature, double change, DifferenceScratch scratch)
    {
        scratch.In[0, feature] = change;
        bool isOnePiece = Layers[0].Totals(row, scratch.In, scratch.U[0]);
        scratch.In[0, feature] = 0;
        return isOnePiece && Carry(row, 0, scratch) ? LossChange(row, 0, scratch) : null;
    }

    /// <summary>What the rows' losses change by where U of one neuron does in all rows.</summary>
    /// <param name="layer">The layer, counted from 0.</param>
    /// <param name="neuron">The neuron.</param>
    /// <param name="change">ΔU of a row.</param>
    /// <param name="changes">Δℓ of each row that has a weight, overwritten.</param>
    /// <param name="scratch">Room for all rows.</param>
    /// <returns>False where some formula goes over to another of its pieces.</returns>
    public bool ChangesByNeuron(
        int layer, int neuron, Func<int, double> change, Span<double> changes, DifferenceScratch scratch)
    {
        scratch.U[layer].Padded.Clear();
        for (int row = 0; row < Rows; row++)
            scratch.U[layer][row, neuron] = change(row);
        return Carry(0, layer, scratch) && LossChanges(changes, scratch);
    }

    /// <summary>The same where one input of one row does.</summary>
    public bool ChangesByInput(int row, int feature, double change, Span<double> changes, DifferenceScratch scratch)
    {
        scratch.In[row, feature] = change;
        bool isOnePiece = Layers[0].Totals(0, scratch.In, scratch.U[0]);
        scratch.In[row, feature] = 0;
        return isOnePiece && Carry(0, 0, scratch) && LossChanges(changes, scratch);
    }

    /// <summary>The same where an entry of a tensor does whose layer has no slopes.</summary>
    public bool ChangesByEntry(
        int layer, int tensor, (int Line, int Column) entry, double change, Span<double> changes, DifferenceScratch scratch) =>
        Layers[layer].ByEntry(tensor, entry.Line, entry.Column, change, scratch.U[layer])
        && Carry(0, layer, scratch) && LossChanges(changes, scratch);

    void Begin(int row)
    {
        if (_network.HasSoftmax)
        {
            Layers[^1].X[row].CopyTo(_outputs[row]);
            Softmax(_outputs[row]);
        }

        if (_loss.Kind == LossKind.Softmax)
            return;

        ReadOnlySpan<double> output = _loss.Kind == LossKind.Joint ? Layers[^1].U[row] : _outputs[row];
        for (int j = 0; j < output.Length; j++)
        {
            PatternReal loss = _loss.Trace(new PatternReal(output[j]), new PatternReal(_targets[row, j]));
            (_losses[row, j], _lossPatterns[row * output.Length + j]) = (loss.Value, loss.Pattern);
        }
    }

    /// <summary>Carries ΔU of a layer to that of the last one, and to its ΔX where the loss reads that.</summary>
    // Compiled for speed at once: a check is over before the runtime would have found out that these are hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Carry(int first, int layer, DifferenceScratch scratch)
    {
        int last = Layers.Length - 1;
        for (int k = layer; k < last; k++)
        {
            if (!Layers[k].Activate(first, scratch.U[k], scratch.X[k])
                || !Layers[k + 1].Totals(first, scratch.X[k], scratch.U[k + 1]))
            {
                return false;
            }
        }

        return _network.HasSoftmax || _loss.Kind != LossKind.Plain
            || Layers[last].Activate(first, scratch.U[last], scratch.X[last]);
    }

    bool LossChanges(Span<double> changes, DifferenceScratch scratch)
    {
        for (int row = 0; row < Rows; row++)
        {
            if (_weights[row] == 0)
                continue;
            if (LossChange(row, row, scratch) is not { } change)
                return false;
            changes[row] = change;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double? LossChange(int row, int place, DifferenceScratch scratch)
    {
        int last = Layers.Length - 1;
        if (_loss.Kind == LossKind.Softmax)
            return SoftmaxLossChange(_outputs[row], _targets[row], scratch.U[last][place]);
        if (_loss.Kind == LossKind.Joint)
            return LossChange(row, Layers[last].U[row], scratch.U[last][place]);
        if (!_network.HasSoftmax)
            return LossChange(row, _outputs[row], scratch.X[last][place]);

        Span<double> output = scratch.X[last][place];
        for (int j = 0; j < output.Length; j++)
            output[j] = Layers[last].U[row, j] + scratch.U[last][place, j];
        Softmax(output);
        for (int j = 0; j < output.Length; j++)
            output[j] -= _outputs[row, j];
        return LossChange(row, _outputs[row], output);
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
    /// The change of ℓ = Σ tⱼ · (ln Σᵢ e^uᵢ − uⱼ): Σt · ln(1 + Σ pᵢ·(e^(Δuᵢ − Δu_m) − 1)) − Σ tⱼ·(Δuⱼ − Δu_m), with m where t
    /// is largest; of a class alone the last sum is 0, and nothing cancels however sure the network is.
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
}
