using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>
/// The shape of a network: how many inputs and which layers. It is checked once, here, and holds no
/// numbers: those are in <see cref="Parameters{T}"/>.
/// </summary>
public sealed class Network : IEquatable<Network>
{
    /// <summary>The widest layer (and the most inputs) that a network may have.</summary>
    public const int MaximumWidth = 1 << 20;

    /// <summary>The most layers that a network may have.</summary>
    public const int MaximumDepth = 1024;

    readonly ImmutableArray<int> _widths;

    /// <summary>A network.</summary>
    /// <param name="inputs">The number of inputs (features) that are numbers, 1 or more; 0 where embeddings come first.</param>
    /// <param name="layers">The layers in the order of the value flow, 1 or more; softmax only as the last.</param>
    /// <exception cref="ArgumentException">
    /// There is no layer with neurons, there are too many, or softmax is not the last or follows activations other than linear.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of inputs is below 1 or too large.</exception>
    public Network(int inputs, params IEnumerable<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        (Inputs, Layers) = (inputs, [.. layers]);
        if (inputs > MaximumWidth || inputs < (Layers is [Embed, ..] ? 0 : 1))
            throw new ArgumentOutOfRangeException(nameof(inputs), $"A network has 1 to {MaximumWidth} inputs, not {inputs}.");
        if (!Layers.Any(layer => layer is Dense))
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));

        var widths = ImmutableArray.CreateBuilder<int>(Layers.Length + 1);
        widths.Add(inputs);
        foreach (Layer layer in Layers)
            widths.Add(layer.OutputsFor(widths[^1]));
        (_widths, Layout) = (widths.ToImmutable(), new Layout(Layers.AsSpan(), inputs));
        if (Layout.Depth > MaximumDepth)
            throw new ArgumentException($"A network has at most {MaximumDepth} layers, not {Layout.Depth}.", nameof(layers));
        ThrowUnlessOrdered();
    }

    /// <summary>The number of inputs that are numbers.</summary>
    public int Inputs { get; }

    /// <summary>The number of inputs that are codes, which embeddings read.</summary>
    public int Codes => Embeddings?.Tables.Length ?? 0;

    /// <summary>The layer that reads the codes, or null.</summary>
    internal Embed? Embeddings => Layers.OfType<Embed>().FirstOrDefault();

    /// <summary>The layers, in the order of the value flow.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>The tensors of its numbers, and where each lies.</summary>
    public Layout Layout { get; }

    /// <summary>
    /// The layers that are counted, in order: layer k of texts, files and documents is the k-th of them. Dropout and softmax are
    /// not counted.
    /// </summary>
    public ImmutableArray<Layer> NumberedLayers => [.. Layers.Where(layer => layer.IsNumbered)];

    /// <summary>Whether softmax makes its outputs.</summary>
    public bool HasSoftmax => Layers[^1] is Softmax;

    /// <summary>Whether a layer computes on all rows of a shard together while the network learns.</summary>
    public bool NeedsWholeShard => Layers.Any(layer => layer.NeedsWholeShard);

    /// <summary>The number of outputs: the width of the last layer.</summary>
    public int Outputs => _widths[^1];

    /// <summary>The number of weights, biases and factors.</summary>
    public long ParameterCount => Layout.Tensors.Where(tensor => tensor.Role != TensorRole.Statistic).Sum(tensor => tensor.Count);

    /// <summary>
    /// How many multiply-adds the value flow of a row takes, nearly: each number of a layer is in one, but of a table only the
    /// row that a code names flows on.
    /// </summary>
    internal long WorkOfRow => Layout.Tensors.Where(tensor => tensor.Role != TensorRole.Statistic)
        .GroupBy(tensor => tensor.Layer, tensor => (long)tensor.Count)
        .Sum(layer => Math.Min(layer.Sum(), (InputsOf(layer.Key) + 1L) * OutputsOf(layer.Key)));

    /// <summary>The same network as it predicts: without layers that only take part in learning.</summary>
    public Network WithoutDropout => Layers.Any(layer => layer is Dropout)
        ? new Network(Inputs, Layers.Where(layer => layer is not Dropout))
        : this;

    /// <summary>How many values flow into layer <paramref name="index"/> (counted from 0).</summary>
    public int InputsOf(int index) => _widths[index];

    /// <summary>How many values flow out of layer <paramref name="index"/> (counted from 0).</summary>
    public int OutputsOf(int index) => _widths[index + 1];

    /// <inheritdoc/>
    public bool Equals(Network? other) =>
        ReferenceEquals(this, other) || (other is not null && Inputs == other.Inputs && Layers.SequenceEqual(other.Layers));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Network);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs, Layers.Length, Outputs);

    /// <summary>The network on one line: <c>4 → 16*tanh → 3*linear → softmax</c>.</summary>
    public override string ToString() => $"{Inputs} → {string.Join(" → ", Layers)}";

    void ThrowUnlessOrdered()
    {
        for (int k = 0; k < Layers.Length; k++)
        {
            if (Layers[k] is Softmax && k < Layers.Length - 1)
                throw new ArgumentException($"Softmax makes the network's outputs, so no {Layers[k + 1]} can follow it.");
            if (Layers[k] is Softmax && Layers[k - 1] is Dense before
                && (before.Activations.Length > 1 || !before.Activations[0].Activation.Equals(Activation.Linear)))
            {
                throw new ArgumentException(
                    $"Softmax takes the last layer's total inputs, so that layer must be linear, not {before}.");
            }

            if (Layers[k] is Embed && Layers.Take(k).Any(before => before is Embed))
                throw new ArgumentException("A network has one layer of embeddings, for all its codes.");
            if (Layers[k] is Dropout && (k == Layers.Length - 1 || Layers[k + 1] is Dropout or Softmax))
                throw new ArgumentException("Dropout stands before a layer that computes with what is left of its values.");
        }
    }
}
