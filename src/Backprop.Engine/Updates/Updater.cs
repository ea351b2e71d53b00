using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The last link of a step: new parameters from gradients, in one pass over memory. <see cref="Step"/> is one step on the
/// calling thread. By parts it is <see cref="BeginStep"/>, then <see cref="MeasureGradient"/> for all parts where
/// <see cref="NeedsNorm"/> says so, then <see cref="Apply(Parameters{T}, Parameters{T}, RowRange)"/> for all elements. Parts
/// may run on several threads (all of one kind before the first of the next); how the work is cut changes no bit. Nothing is
/// allocated.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Updater<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What borders between parts are multiples of.</summary>
    internal const int Grain = UpdateLoops<T>.Grain;

    // Elements whose squares are summed as one unit, from a tensor's first element on.
    const int BlockLength = 1024;

    // As PyTorch's clip_grad_norm_, so that a gradient of 0 divides nothing by 0.
    const double NormEpsilon = 1e-6;

    readonly UpdateOptions _options;
    readonly UpdateLoops<T> _loops;
    readonly Segment[] _segments;
    readonly (int Segment, int Start, int End)[] _blocks;
    readonly double[] _sums;
    readonly (int Start, int End, int Stride, int Used)[] _stretches;
    readonly bool _linked;
    readonly int _length;
    readonly FactoredScalars _factored;
    StepScalars<double> _scalars;
    double _learningRate;

    /// <summary>An updater for one network, before the first step.</summary>
    /// <param name="network">The network whose parameters are updated.</param>
    /// <param name="options">The optimizer and what stands around it.</param>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public Updater(Network network, UpdateOptions options)
        : this(network, options, LaneWidths.Best, new UpdateState<T>(network, options))
    {
    }

    /// <summary>An updater for one network, which carries <paramref name="state"/> on.</summary>
    /// <param name="network">The network whose parameters are updated.</param>
    /// <param name="options">The optimizer and what stands around it.</param>
    /// <param name="state">What is remembered from step to step; every step changes it.</param>
    /// <exception cref="ArgumentException">The options are not valid, or the state is another optimizer's or
    /// network's.</exception>
    public Updater(Network network, UpdateOptions options, UpdateState<T> state)
        : this(network, options, LaneWidths.Best, state)
    {
    }

    internal Updater(Network network, UpdateOptions options, LaneWidth width, UpdateState<T> state)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        options.ThrowUnlessFits(network);
        _options = options.Resolved;
        Optimizer optimizer = _options.Optimizer;
        if (state.Moments.Length != optimizer.MomentCount || state.Scalars.Length != optimizer.InitialScalars.Length
            || state.Moments.Any(moment => !moment.Network.Layout.Equals(network.Layout)))
        {
            throw new ArgumentException($"The state does not belong to {optimizer.Name} on {network}.", nameof(state));
        }

        (Network, State) = (network, state);
        _loops = optimizer.Bind<T>(width);
        ImmutableArray<Tensor> tensors = network.Layout.Tensors;
        _factored = new FactoredScalars(optimizer, tensors.Select(tensor => _options.RateFactorOf(tensor)));
        _segments = [.. tensors.Select(SegmentOf)];
        _length = (int)network.Layout.Length;
        _stretches = StretchesOf(network);
        _linked = _segments.Any(segment => segment.Role is not (TensorRole.Weight or TensorRole.Bias)) || !_factored.IsEmpty
            || _options.L1 > 0 || _options.L2 > 0 || _options.WeightDecay > 0 || _options.Clip != Clip.None;
        _blocks = NeedsNorm ? BlocksOf(_segments) : [];
        _sums = new double[_blocks.Length];
    }

    /// <summary>The network whose parameters are updated.</summary>
    public Network Network { get; }

    /// <summary>What is remembered from step to step.</summary>
    public UpdateState<T> State { get; }

    /// <summary>Whether the gradient must be measured before it is applied.</summary>
    internal bool NeedsNorm => _options.Clip.Norm is not null;

    /// <summary>
    /// One step: the learning rate of the options times the schedule's factor, the gradient with its penalties, clipped,
    /// and the optimizer's rule.
    /// </summary>
    /// <param name="parameters">p, replaced by the new ones.</param>
    /// <param name="gradient">∂e/∂p.</param>
    /// <param name="epoch">How many epochs were finished; only schedules that go by epochs read it.</param>
    /// <param name="totalSteps">How many steps there will be; only schedules that end with the last step read it.</param>
    /// <returns>The learning rate of this step.</returns>
    /// <exception cref="ArgumentException">Parameters or gradient are of another network.</exception>
    public double Step(Parameters<T> parameters, Parameters<T> gradient, long epoch = 0, long totalSteps = 1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradient);
        if (!parameters.Network.Equals(Network) || !gradient.Network.Equals(Network))
            throw new ArgumentException($"Parameters and gradient must be of the network {Network}.");

        double learningRate = _options.LearningRateAt(
            new SchedulePosition(State.Step, totalSteps, epoch, State.Plateau.Factor));
        BeginStep(learningRate);
        ApplyAll(parameters, gradient);
        return learningRate;
    }

    /// <summary>Counts the step and computes its scalars.</summary>
    /// <param name="learningRate">η of this step: the options' rate times the schedule's factor.</param>
    internal void BeginStep(double learningRate)
    {
        State.Step++;
        if (!_factored.IsEmpty)
            _factored.Begin(learningRate, State.Scalars);
        _scalars = _options.Optimizer.Begin(learningRate, State.Scalars);
        _learningRate = learningRate;
    }

    /// <summary>A member's share of the buffer's elements.</summary>
    internal RowRange Elements(Share share) => share.Of(_length, Grain);

    /// <summary>Measures one part of the gradient with its penalties, for clipping by norm.</summary>
    internal void MeasureGradient(Parameters<T> parameters, Parameters<T> gradients, Share share)
    {
        RowRange blocks = share.Of(_blocks.Length);
        for (int i = blocks.Start; i < blocks.End; i++)
        {
            (int segment, int start, int end) = _blocks[i];
            GradientLinks links = LinksOf(in _segments[segment], 1);
            _sums[i] = SumOfSquares(
                parameters.Buffer.Span[start..end], gradients.Buffer.Span[start..end], in links);
        }
    }

    /// <summary>‖g‖₂ over all parameters, penalties included: the blocks' sums added in order, in double.</summary>
    internal double GradientNorm()
    {
        double sum = 0;
        foreach (double block in _sums)
            sum += block;

        return Math.Sqrt(sum);
    }

    /// <summary>New parameters and moments, all on the calling thread.</summary>
    internal void ApplyAll(Parameters<T> parameters, Parameters<T> gradient)
    {
        if (NeedsNorm)
            MeasureGradient(parameters, gradient, Share.All);
        Apply(parameters, gradient, new RowRange(0, _length));
    }

    /// <summary>New parameters and moments for a member's share of the elements.</summary>
    internal void Apply(Parameters<T> parameters, Parameters<T> gradients, Share share) =>
        Apply(parameters, gradients, Elements(share));

    /// <summary>
    /// New parameters and moments for some rows of a layer's first tensor and, with the first of them, its other tensors: what
    /// <see cref="LayerFlow{T}.Gradient"/> makes in one call, taken by the same thread while it is in its cache.
    /// </summary>
    internal void Apply(Parameters<T> parameters, Parameters<T> gradients, int layer, RowRange part)
    {
        if (part.Count <= 0)
            return;

        ImmutableArray<int> tensors = Network.Layout.Of(layer);
        Segment divided = _segments[tensors[0]];
        int stride = parameters.Tensors[tensors[0]].Stride;
        int end = _segments[tensors[^1]].End;
        int last = divided.Start + part.End * stride;
        if (part.Start == 0 && last == divided.End)
            last = end;
        else if (part.Start == 0 && divided.End < end)
            Apply(parameters, gradients, new RowRange(divided.End, end));
        Apply(parameters, gradients, new RowRange(divided.Start + part.Start * stride, last));
    }

    /// <summary>New parameters and moments for a range of the buffer's elements, at multiples of <see cref="Grain"/>.</summary>
    internal void Apply(Parameters<T> parameters, Parameters<T> gradients, RowRange elements)
    {
        if (!_linked)
        {
            if (elements.Count == _length)
                RunRows(parameters, gradients);
            else
                Run(parameters, gradients, elements.Start, elements.End, elements.Count, elements.Count);
            return;
        }

        double factor = _options.Clip.Norm is { } limit ? Math.Min(1, limit / (GradientNorm() + NormEpsilon)) : 1;
        foreach (Segment segment in _segments)
        {
            int start = Math.Max(elements.Start, segment.Start);
            int end = Math.Min(elements.End, segment.End);
            if (start < end && segment.Role != TensorRole.Statistic)
                RunLinked(parameters, gradients, start, end, segment, factor);
        }
    }

    /// <summary>All elements, without the padding of narrow layers.</summary>
    void RunRows(Parameters<T> parameters, Parameters<T> gradients)
    {
        foreach ((int start, int end, int stride, int used) in _stretches)
            Run(parameters, gradients, start, end, stride, used);
    }

    void Run(Parameters<T> parameters, Parameters<T> gradients, int start, int end, int stride, int used) => _loops.Apply(
        parameters.Buffer.Span[start..end], gradients.Buffer.Span[start..end], Moment(0, start, end), Moment(1, start, end),
        in _scalars, stride, used);

    void RunLinked(
        Parameters<T> parameters, Parameters<T> gradients, int start, int end, in Segment segment, double factor)
    {
        GradientLinks links = LinksOf(in segment, factor);
        _loops.Apply(
            parameters.Buffer.Span[start..end], gradients.Buffer.Span[start..end], Moment(0, start, end), Moment(1, start, end),
            in ScalarsOf(in segment), in links);
    }

    ref readonly StepScalars<double> ScalarsOf(in Segment segment)
    {
        if (segment.Scalars < 0)
            return ref _scalars;
        return ref _factored[segment.Scalars];
    }

    Span<T> Moment(int index, int start, int end) =>
        index < State.Moments.Length ? State.Moments[index].Buffer.Span[start..end] : default;

    GradientLinks LinksOf(in Segment segment, double factor) => new(
        segment.Role == TensorRole.Weight ? _options.L1 : 0,
        segment.Role == TensorRole.Weight ? _options.L2 : 0,
        _options.Clip.Value ?? double.PositiveInfinity,
        factor,
        1 - _learningRate * segment.RateFactor * segment.Decay);

    Segment SegmentOf(Tensor tensor)
    {
        double factor = _options.RateFactorOf(tensor);
        return new Segment((int)tensor.Offset, (int)tensor.End, tensor.Role)
        {
            RateFactor = factor,
            Scalars = _factored.IndexOf(factor),
            Decay = _options.DecayOf(tensor),
        };
    }

    /// <summary>A block's sum; where it overflows in the element type it is taken again, element by element in double.</summary>
    double SumOfSquares(ReadOnlySpan<T> p, ReadOnlySpan<T> g, in GradientLinks links)
    {
        double sum = _loops.SumOfSquares(p, g, in links);
        if (double.IsFinite(sum))
            return sum;

        sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double w = Rounding.ToDouble(p[i]);
            double gradient = Rounding.ToDouble(g[i]) + links.L2 * w + links.L1 * (w > 0 ? 1 : w < 0 ? -1 : 0);
            sum += gradient * gradient;
        }

        return sum;
    }

    /// <summary>Layers side by side whose rows are padded by less than half are one stretch of elements.</summary>
    static (int Start, int End, int Stride, int Used)[] StretchesOf(Network network)
    {
        var stretches = new List<(int Start, int End, int Stride, int Used)>();
        foreach (IGrouping<int, Tensor> layer in network.Layout.Tensors.GroupBy(tensor => tensor.Layer))
        {
            (int start, int end) = ((int)layer.First().Offset, (int)layer.Last().End);
            (int width, int stride) = (layer.First().Columns, layer.First().Stride);
            bool isNarrow = 2 * width <= stride;
            if (!isNarrow && stretches is [.., var last] && last.Stride == last.End - last.Start)
                stretches[^1] = (last.Start, end, end - last.Start, end - last.Start);
            else
                stretches.Add((start, end, isNarrow ? stride : end - start, isNarrow ? width : end - start));
        }

        return [.. stretches];
    }

    static (int Segment, int Start, int End)[] BlocksOf(Segment[] segments)
    {
        var blocks = new List<(int Segment, int Start, int End)>();
        for (int i = 0; i < segments.Length; i++)
        {
            for (int start = segments[i].Start; start < segments[i].End; start += BlockLength)
                blocks.Add((i, start, Math.Min(start + BlockLength, segments[i].End)));
        }

        return [.. blocks];
    }

    /// <summary>One tensor's elements in the buffer.</summary>
    readonly record struct Segment(int Start, int End, TensorRole Role)
    {
        /// <summary>What η is multiplied by.</summary>
        public double RateFactor { get; init; }

        /// <summary>Which of the <see cref="FactoredScalars"/> its are; −1 for the step's own.</summary>
        public int Scalars { get; init; }

        /// <summary>Its weight decay.</summary>
        public double Decay { get; init; }
    }
}
