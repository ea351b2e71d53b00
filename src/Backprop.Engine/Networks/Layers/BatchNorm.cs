namespace Backprop.Engine;

/// <summary>
/// Batch normalisation (Ioffe, Szegedy 2015): each value minus its mean over the rows of the shard, divided by √(variance + ε),
/// times a factor, plus a bias. Mean and variance are unweighted, rows in order, the variance divided by the number of rows. What
/// the network predicts with are running statistics, s ← (1 − m)·s + m·(the shard's, the variance divided by rows − 1), updated
/// shard by shard.
/// </summary>
public sealed record BatchNorm : Layer
{
    /// <summary>The m that is usual.</summary>
    public const double DefaultMomentum = 0.1;

    /// <summary>A batch normalisation.</summary>
    /// <param name="momentum">m, above 0 and at most 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public BatchNorm(double momentum = DefaultMomentum, double epsilon = LayerNorm.DefaultEpsilon)
    {
        if (!(momentum is > 0 and <= 1))
            throw new ArgumentException($"The momentum of batchnorm is above 0 and at most 1, not {ShortNumber.Text(momentum)}.");
        LayerNorm.ThrowUnlessEpsilon("batchnorm", epsilon);
        (Momentum, Epsilon) = (momentum, epsilon);
    }

    /// <summary>The weight of a shard's statistics in the running ones.</summary>
    public double Momentum { get; }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Its statistics are those of all rows.</summary>
    public override bool NeedsWholeShard => true;

    /// <summary>As many as flow in.</summary>
    public override int OutputsFor(int inputs) => inputs;

    /// <summary>The layer as the command line writes it: <c>batchnorm</c>, <c>batchnorm:momentum=0.2</c>.</summary>
    public override string ToString() => new Named(
        "batchnorm",
        [
            .. Momentum == DefaultMomentum ? [] : new[] { ("momentum", Momentum) },
            .. Epsilon == LayerNorm.DefaultEpsilon ? [] : new[] { ("epsilon", Epsilon) },
        ]).ToString();

    internal override IEnumerable<TensorShape> TensorsFor(int inputs) =>
    [
        new TensorShape(TensorShape.Factors, TensorRole.Factor, 1, inputs, TensorStart.At(1)),
        new TensorShape(TensorShape.Bias, TensorRole.Bias, 1, inputs, TensorStart.At(0)),
        new TensorShape(TensorShape.Mean, TensorRole.Statistic, 1, inputs, TensorStart.At(0)),
        new TensorShape(TensorShape.Variance, TensorRole.Statistic, 1, inputs, TensorStart.At(1)),
    ];
}
