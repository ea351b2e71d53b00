using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>
/// The ordered tensors of a network: the only place that knows where a number lies. Parameters, gradients and an optimizer's
/// moments are buffers under it, layer after layer, so that an update is one pass over buffers side by side.
/// </summary>
public sealed class Layout : IEquatable<Layout>
{
    readonly ImmutableArray<ImmutableArray<int>> _ofLayers;
    readonly ImmutableArray<int> _numbers;

    internal Layout(ReadOnlySpan<Layer> layers, int inputs)
    {
        var tensors = ImmutableArray.CreateBuilder<Tensor>();
        var ofLayers = ImmutableArray.CreateBuilder<ImmutableArray<int>>(layers.Length);
        var numbers = ImmutableArray.CreateBuilder<int>(layers.Length);
        int number = 0;
        for (int k = 0; k < layers.Length; k++)
        {
            int first = tensors.Count;
            if (layers[k].IsNumbered)
                number++;
            foreach (TensorShape shape in layers[k].TensorsFor(inputs))
            {
                tensors.Add(new Tensor
                {
                    Layer = k,
                    Number = number,
                    Name = shape.Name,
                    Role = shape.Role,
                    Rows = shape.Rows,
                    Columns = shape.Columns,
                    Stride = Matrix<float>.StrideOf(shape.Columns),
                    Offset = Length,
                    Start = shape.Start,
                });
                Length = tensors[^1].End;
            }

            numbers.Add(number);
            ofLayers.Add([.. Enumerable.Range(first, tensors.Count - first)]);
            inputs = layers[k].OutputsFor(inputs);
        }

        (Tensors, _ofLayers, _numbers, Depth) = (tensors.ToImmutable(), ofLayers.ToImmutable(), numbers.ToImmutable(), number);
    }

    /// <summary>The tensors, in the order in which they lie in a buffer and are hashed.</summary>
    public ImmutableArray<Tensor> Tensors { get; }

    /// <summary>The length of a buffer, padding included.</summary>
    public long Length { get; }

    /// <summary>How many layers are counted (<see cref="Network.NumberedLayers"/>).</summary>
    public int Depth { get; }

    /// <summary>Which of the <see cref="Tensors"/> are a layer's, counted from 0.</summary>
    /// <param name="layer">The layer, counted from 0.</param>
    internal ImmutableArray<int> Of(int layer) => _ofLayers[layer];

    /// <summary>
    /// The number of a layer, counted from 1 among the numbered ones; of another, that of the layer before.
    /// </summary>
    internal int NumberOf(int layer) => _numbers[layer];

    /// <summary>
    /// Into how many parts the gradient and the update of a layer can be divided: the rows of its first tensor. Its other tensors
    /// go with the first part. 0 for a layer without tensors.
    /// </summary>
    internal int PartsOf(int layer) => _ofLayers[layer] is [var first, ..] ? Tensors[first].Rows : 0;

    /// <inheritdoc/>
    public bool Equals(Layout? other) => other is not null && Tensors.Select(Shape).SequenceEqual(other.Tensors.Select(Shape));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Layout);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tensors.Length, Length);

    /// <summary>Layers without tensors move no number, so the layer's index does not count.</summary>
    static Tensor Shape(Tensor tensor) => tensor with { Layer = 0 };
}
