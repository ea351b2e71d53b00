using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>A dense layer: U = X·W + b, X = f(U), with an activation per neuron.</summary>
public sealed record Dense : Layer
{
    /// <summary>A layer whose neurons share one activation.</summary>
    /// <param name="width">The number of neurons, 1 or more.</param>
    /// <param name="activation">Their activation.</param>
    /// <param name="bias">Whether the neurons have biases.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The width is below 1 or above <see cref="Network.MaximumWidth"/>.
    /// </exception>
    public Dense(int width, Activation activation, bool bias = true)
        : this([new ActivationRun(activation, width)], bias)
    {
    }

    /// <summary>A layer with an activation for each neuron, given as runs of neurons in order.</summary>
    /// <param name="activations">The runs; their counts add up to the width.</param>
    /// <param name="bias">Whether the neurons have biases.</param>
    /// <exception cref="ArgumentException">There is no run.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A run or the whole layer is empty or too wide.</exception>
    public Dense(IEnumerable<ActivationRun> activations, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(activations);
        Activations = Merge(activations);
        if (Activations.IsEmpty)
            throw new ArgumentException("A layer needs at least one neuron.", nameof(activations));

        Width = Activations.Sum(run => run.Count);
        HasBias = bias;
    }

    /// <summary>The number of neurons.</summary>
    public int Width { get; }

    /// <summary>Whether the neurons have biases.</summary>
    public bool HasBias { get; }

    /// <summary>The activations of the neurons, as the fewest runs of equal ones.</summary>
    public ImmutableArray<ActivationRun> Activations { get; }

    /// <summary>Whether the error flow needs U kept, because some neuron's derivative is taken from it.</summary>
    public bool DerivativeNeedsInput => Activations.Any(run => run.Activation.DerivativeNeedsInput);

    /// <summary>The activation of neuron <paramref name="neuron"/>, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public Activation ActivationOf(int neuron)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(neuron);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neuron, Width);
        int end = 0;
        foreach (ActivationRun run in Activations)
        {
            end += run.Count;
            if (neuron < end)
                return run.Activation;
        }

        throw new InvalidOperationException("The runs do not cover the layer.");
    }

    /// <summary>The number of neurons.</summary>
    public override int OutputsFor(int inputs) => Width;

    /// <inheritdoc/>
    public bool Equals(Dense? other) =>
        other is not null && HasBias == other.HasBias && Activations.SequenceEqual(other.Activations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, HasBias, Activations[0].Activation);

    /// <summary>The layer as the command line writes it: <c>8*tanh+8*relu</c>.</summary>
    public override string ToString() =>
        string.Join('+', Activations.Select(run => $"{run.Count}*{run.Activation.Name}")) + (HasBias ? "" : " (no bias)");

    internal override IEnumerable<TensorShape> TensorsFor(int inputs)
    {
        yield return new TensorShape(TensorShape.Weights, TensorRole.Weight, inputs, Width, TensorStart.Drawn);
        if (HasBias)
            yield return new TensorShape(TensorShape.Bias, TensorRole.Bias, 1, Width, TensorStart.At(0));
    }

    static ImmutableArray<ActivationRun> Merge(IEnumerable<ActivationRun> runs)
    {
        var merged = ImmutableArray.CreateBuilder<ActivationRun>();
        long width = 0;
        foreach (ActivationRun run in runs)
        {
            ArgumentNullException.ThrowIfNull(run.Activation, nameof(runs));
            if (run.Count < 1)
                throw new ArgumentOutOfRangeException(
                    nameof(runs), $"Neurons that share an activation are 1 or more, not {run.Count}.");
            width += run.Count;
            if (width > Network.MaximumWidth)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(runs), $"A layer has at most {Network.MaximumWidth} neurons; this one has {width} or more.");
            }

            if (merged.Count > 0 && merged[^1].Activation.Equals(run.Activation))
                merged[^1] = run with { Count = merged[^1].Count + run.Count };
            else
                merged.Add(run);
        }

        return merged.ToImmutable();
    }
}
