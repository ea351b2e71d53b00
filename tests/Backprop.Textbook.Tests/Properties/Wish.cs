using System.Collections.Immutable;
using Backprop.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace Backprop.Textbook.Tests;

/// <summary>Which networks a property is about: what a document can express, or all that the engine can.</summary>
sealed record Wish
{
    /// <summary>Everything: each activation with default and other parameters.</summary>
    public static ImmutableArray<Activation> AllActivations { get; } =
        [.. Activation.All, Activation.LeakyRelu(0.3), Activation.Elu(0.7)];

    /// <summary>Everything: each loss with default and other parameters.</summary>
    public static ImmutableArray<Loss> AllLosses { get; } =
    [
        .. Loss.All, Loss.Huber(0.4), Loss.Quantile(0.8), Loss.SoftmaxCrossEntropy(0.1), Loss.LogisticCrossEntropy(0.2),
    ];

    public (int Least, int Most) Depth { get; init; } = (1, 5);

    public (int Least, int Most) Width { get; init; } = (1, 6);

    public (int Least, int Most) Rows { get; init; } = (1, 7);

    public ImmutableArray<Activation> Activations { get; init; } = AllActivations;

    /// <summary>Of the last layer, under a plain loss; empty for any of <see cref="Activations"/>.</summary>
    public ImmutableArray<Activation> OutputActivations { get; init; } = [];

    public ImmutableArray<Loss> Losses { get; init; } = AllLosses;

    /// <summary>Whether a layer has biases; null for either.</summary>
    public bool? Biases { get; init; }

    /// <summary>Whether one activation is for a whole layer.</summary>
    public bool OnePerLayer { get; init; }

    /// <summary>Whether a plain loss may follow softmax.</summary>
    public bool SoftmaxUnderPlainLosses { get; init; } = true;

    public Reduction? Reduction { get; init; }

    public bool RowWeights { get; init; } = true;

    /// <summary>What FsCheck draws and shrinks.</summary>
    public Arbitrary<Shape> Arbitrary =>
        Arb.From(Shapes, shape => shape.Smaller().Where(Fits).Select(smaller => smaller.WithAnchors(OnePerLayer)));

    Gen<Shape> Shapes =>
        from depth in Gen.Choose(Depth.Least, Depth.Most)
        from loss in Gen.Elements(Losses.AsEnumerable())
        from hidden in Gen.CollectToArray(Enumerable.Range(0, depth - 1), _ => Layer(Activations))
        from last in Last(loss)
        from inputs in Gen.Choose(Width.Least, Width.Most)
        from rows in Gen.Choose(Rows.Least, Rows.Most)
        from reduction in Reduction is { } only ? Gen.Constant(only) : Gen.Elements(Engine.Reduction.Mean, Engine.Reduction.Sum)
        from weighted in RowWeights ? Gen.Elements(false, true) : Gen.Constant(false)
        from seed in Gen.Choose(1, int.MaxValue - 1)
        let layers = ImmutableArray.Create<DrawnLayer>([.. hidden, last.Layer])
        select new Shape(inputs, layers, last.Softmax, loss, reduction, rows, weighted, seed).WithAnchors(OnePerLayer);

    Gen<(DrawnLayer Layer, bool Softmax)> Last(Loss loss)
    {
        Gen<(DrawnLayer, bool)> softmax = Layer([Activation.Linear]).Select(layer => (layer, true));
        if (loss.Kind == LossKind.Softmax)
            return softmax;
        if (loss.Link is { } link)
            return Layer([link]).Select(layer => (layer, false));

        Gen<(DrawnLayer, bool)> plain =
            Layer(OutputActivations.IsEmpty ? Activations : OutputActivations).Select(layer => (layer, false));
        return SoftmaxUnderPlainLosses ? Gen.Frequency((4, plain), (1, softmax)) : plain;
    }

    Gen<DrawnLayer> Layer(ImmutableArray<Activation> activations) =>
        from width in Gen.Choose(Width.Least, Width.Most)
        from bias in Biases is { } only ? Gen.Constant(only) : Gen.Elements(false, true)
        from neurons in Gen.ArrayOf(Gen.Elements(activations.AsEnumerable()), width)
        from same in OnePerLayer ? Gen.Constant(true) : Gen.Frequency((1, Gen.Constant(true)), (2, Gen.Constant(false)))
        select new DrawnLayer(same ? [.. neurons.Select(_ => neurons[0])] : [.. neurons], bias);

    bool Fits(Shape shape) => shape.Layers.Length >= Depth.Least && shape.Rows >= Rows.Least && shape.Inputs >= Width.Least
        && shape.Layers.All(layer => layer.Neurons.Length >= Width.Least);
}
