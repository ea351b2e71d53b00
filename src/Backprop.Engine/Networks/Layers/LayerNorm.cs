namespace Backprop.Engine;

/// <summary>
/// Layer normalisation (Ba, Kiros, Hinton 2016): the values of a row minus their mean, divided by √(variance + ε), each times a
/// factor and plus a bias. A row knows nothing of the others.
/// </summary>
public sealed record LayerNorm : Layer
{
    /// <summary>The ε that is usual.</summary>
    public const double DefaultEpsilon = 1e-5;

    /// <summary>A layer normalisation.</summary>
    /// <param name="epsilon">ε, above 0.</param>
    /// <exception cref="ArgumentException">ε is out of its range.</exception>
    public LayerNorm(double epsilon = DefaultEpsilon)
    {
        ThrowUnlessEpsilon("layernorm", epsilon);
        Epsilon = epsilon;
    }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>As many as flow in.</summary>
    public override int OutputsFor(int inputs) => inputs;

    /// <summary>The layer as the command line writes it: <c>layernorm</c>, <c>layernorm:epsilon=0.001</c>.</summary>
    public override string ToString() =>
        (Epsilon == DefaultEpsilon ? new Named("layernorm") : new Named("layernorm", ("epsilon", Epsilon))).ToString();

    internal override IEnumerable<TensorShape> TensorsFor(int inputs) =>
    [
        new TensorShape(TensorShape.Factors, TensorRole.Factor, 1, inputs, TensorStart.At(1)),
        new TensorShape(TensorShape.Bias, TensorRole.Bias, 1, inputs, TensorStart.At(0)),
    ];

    internal static void ThrowUnlessEpsilon(string layer, double epsilon)
    {
        if (!double.IsFinite(epsilon) || epsilon <= 0)
            throw new ArgumentException($"The epsilon of {layer} is a positive number, not {ShortNumber.Text(epsilon)}.");
    }
}
