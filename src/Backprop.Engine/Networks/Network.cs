using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>
/// The shape of a network: how many inputs, which layers, which output link. It is checked once, here, and holds no
/// numbers: those are in <see cref="Parameters{T}"/>.
/// </summary>
public sealed class Network : IEquatable<Network>
{
    /// <summary>The widest layer (and the most inputs) that a network may have.</summary>
    public const int MaximumWidth = 1 << 20;

    /// <summary>The most layers that a network may have.</summary>
    public const int MaximumDepth = 1024;

    /// <summary>A network.</summary>
    /// <param name="inputs">The number of inputs (features), 1 or more.</param>
    /// <param name="layers">The layers in the order of the value flow, 1 or more.</param>
    /// <param name="link">What follows the last layer.</param>
    /// <exception cref="ArgumentException">
    /// There is no layer, there are too many, or softmax follows activations other than linear.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of inputs is below 1 or too large.</exception>
    public Network(int inputs, IEnumerable<Layer> layers, OutputLink link = OutputLink.None)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (inputs is < 1 or > MaximumWidth)
            throw new ArgumentOutOfRangeException(nameof(inputs), $"A network has 1 to {MaximumWidth} inputs, not {inputs}.");
        (Inputs, Layers, Link) = (inputs, [.. layers], link);
        if (Layers.IsEmpty)
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        if (Layers.Length > MaximumDepth)
            throw new ArgumentException($"A network has at most {MaximumDepth} layers, not {Layers.Length}.", nameof(layers));

        ActivationRun first = Layers[^1].Activations[0];
        if (link == OutputLink.Softmax && (Layers[^1].Activations.Length > 1 || !first.Activation.Equals(Activation.Linear)))
        {
            throw new ArgumentException(
                $"Softmax takes the last layer's total inputs, so that layer must be linear, not {Layers[^1]}.", nameof(link));
        }
    }

    /// <summary>The number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>The layers, in the order of the value flow.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>What follows the last layer.</summary>
    public OutputLink Link { get; }

    /// <summary>The number of outputs: the width of the last layer.</summary>
    public int Outputs => Layers[^1].Width;

    /// <summary>The number of weights and biases.</summary>
    public long ParameterCount
    {
        get
        {
            long count = 0;
            for (int k = 0; k < Layers.Length; k++)
                count += Layers[k].Width * ((long)InputsOf(k) + (Layers[k].HasBias ? 1 : 0));

            return count;
        }
    }

    /// <summary>How many values flow into layer <paramref name="index"/> (counted from 0).</summary>
    public int InputsOf(int index) => index == 0 ? Inputs : Layers[index - 1].Width;

    /// <inheritdoc/>
    public bool Equals(Network? other) =>
        other is not null && Inputs == other.Inputs && Link == other.Link && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Network);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs, Layers.Length, Outputs, Link);

    /// <summary>The network on one line: <c>4 → 16*tanh → 3*linear → softmax</c>.</summary>
    public override string ToString() =>
        $"{Inputs} → {string.Join(" → ", Layers)}{(Link == OutputLink.Softmax ? " → softmax" : "")}";
}
