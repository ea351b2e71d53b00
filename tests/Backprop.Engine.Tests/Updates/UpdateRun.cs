using System.Numerics;
using System.Runtime.InteropServices;

namespace Backprop.Engine.Tests;

/// <summary>Steps of an updater on a network of awkward widths, with made-up parameters and gradients.</summary>
sealed class UpdateRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly UpdateOptions _options;
    readonly LaneWidth _width;
    Updater<T> _updater;

    public UpdateRun(UpdateOptions options, LaneWidth width = LaneWidth.Reference)
    {
        (_options, _width) = (options, width);
        Parameters = new Parameters<T>(Awkward);
        Gradients = new Parameters<T>(Awkward);
        State = new UpdateState<T>(Awkward, options);
        _updater = new Updater<T>(Awkward, options, width, State);
        Set(Parameters, index => MadeUp(index, -1));
    }

    /// <summary>
    /// Layers below and above 16 neurons, with and without biases; W of the second has more elements than are measured
    /// as one block, and 130 columns have a wider stride.
    /// </summary>
    public static Network Awkward { get; } = new(
        3,
        [
            new Dense(70, Activation.Tanh), new Dense(5, Activation.Relu), new Dense(2, Activation.Relu, bias: false),
            new Dense(130, Activation.Linear),
        ]);

    public Parameters<T> Parameters { get; }

    public Parameters<T> Gradients { get; }

    public UpdateState<T> State { get; private set; }

    public Updater<T> Updater => _updater;

    /// <summary>A number in (−1, 1), some of them 0, that looks random and is the same everywhere.</summary>
    public static double MadeUp(int index, int step)
    {
        ulong bits = (ulong)(index * 1_000_003L + step * 7919L + 12345) * 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 29)) * 0xBF58476D1CE4E5B9;
        bits ^= bits >> 32;
        return bits % 11 == 0 ? 0 : (long)(bits >> 12) / (double)(1L << 51) - 1;
    }

    /// <summary>Sets every weight and bias from its logical index; the padding is left alone.</summary>
    public static void Set(Parameters<T> parameters, Func<int, double> value) =>
        Visit(parameters, (index, row, column) => row[column] = T.CreateChecked(value(index)));

    /// <summary>Every weight and bias in logical order.</summary>
    public static double[] Numbers(Parameters<T> parameters)
    {
        var numbers = new List<double>();
        Visit(parameters, (_, row, column) => numbers.Add(double.CreateChecked(row[column])));
        return [.. numbers];
    }

    /// <summary>For every number in logical order: whether it is a weight (and not a bias).</summary>
    public static bool[] AreWeights()
    {
        var kinds = new List<bool>();
        foreach ((int k, Dense layer) in Awkward.DenseLayers().Index())
        {
            kinds.AddRange(Enumerable.Repeat(true, Awkward.InputsOf(k) * layer.Width));
            kinds.AddRange(Enumerable.Repeat(false, layer.HasBias ? layer.Width : 0));
        }

        return [.. kinds];
    }

    /// <summary>Everything that a step changes, padding included, as bytes.</summary>
    public byte[] Bytes() =>
    [
        .. MemoryMarshal.AsBytes(Parameters.Buffer.Span),
        .. State.Moments.SelectMany(moment => MemoryMarshal.AsBytes(moment.Buffer.Span).ToArray()),
        .. MemoryMarshal.AsBytes(State.Scalars),
    ];

    /// <summary>
    /// Some steps, each with its own made-up gradient, cut into parts that run in reverse order: parts of the whole, or of
    /// each layer's rows.
    /// </summary>
    public UpdateRun<T> Steps(int count, int parts = 1, double rate = 0, double scale = 1, bool byLayers = false)
    {
        for (int i = 0; i < count; i++)
        {
            int step = (int)State.Step;
            Set(Gradients, index => scale * MadeUp(index, step));
            Step(parts, rate, byLayers);
        }

        return this;
    }

    /// <summary>One step with the gradients as they are.</summary>
    public void Step(int parts = 1, double rate = 0, bool byLayers = false)
    {
        _updater.BeginStep(rate == 0 ? _options.Resolved.LearningRate!.Value : rate);
        for (int part = parts - 1; part >= 0 && _updater.NeedsNorm; part--)
            _updater.MeasureGradient(Parameters, Gradients, new Share(null, part, parts));
        for (int part = parts - 1; part >= 0 && !byLayers; part--)
            _updater.Apply(Parameters, Gradients, new Share(null, part, parts));
        for (int layer = Awkward.Layers.Length - 1; layer >= 0 && byLayers; layer--)
        {
            for (int part = parts - 1; part >= 0; part--)
                _updater.Apply(Parameters, Gradients, layer, new RowRange(0, Awkward.InputsOf(layer)).Part(part, parts));
        }
    }

    /// <summary>Goes on with a new state and updater that know only what the public state says.</summary>
    public void Resume()
    {
        var state = new UpdateState<T>(Awkward, _options) { Step = State.Step, Plateau = State.Plateau };
        State.Scalars.CopyTo(state.Scalars);
        for (int i = 0; i < state.Moments.Length; i++)
            state.Moments[i].CopyFrom(State.Moments[i]);

        State = state;
        _updater = new Updater<T>(Awkward, _options, _width, state);
    }

    static void Visit(Parameters<T> parameters, Action<int, T[], int> visit)
    {
        int index = 0;
        for (int k = 0; k < parameters.Weights.Length; k++)
        {
            for (int row = 0; row < parameters.Weights[k].Rows; row++)
                Row(parameters.Weights[k][row]);

            if (parameters.Biases[k] is { } bias)
                Row(bias[0]);
        }

        void Row(Span<T> row)
        {
            T[] copy = row.ToArray();
            for (int column = 0; column < copy.Length; column++)
                visit(index++, copy, column);
            copy.CopyTo(row);
        }
    }
}
