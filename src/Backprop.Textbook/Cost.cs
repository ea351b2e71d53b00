namespace Backprop.Textbook;

/// <summary>The loss e of one row: any differentiable function of the network's output x and the real value t.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">e(x, t).</param>
/// <param name="Derivative">∂e/∂xᵢ(x, t), one for each output.</param>
public sealed record Cost(
    string Name, Func<double[], double[], double> Value, Func<double[], double[], double[]> Derivative)
{
    /// <summary>e = Σ (xᵢ − tᵢ)².</summary>
    public static Cost Squared { get; } = OfEach("squared", (x, t) => (x - t) * (x - t), (x, t) => 2 * (x - t));

    /// <summary>e = ½ Σ (xᵢ − tᵢ)².</summary>
    public static Cost HalfSquared { get; } = OfEach("half squared", (x, t) => (x - t) * (x - t) / 2, (x, t) => x - t);

    /// <summary>e = −Σ (tᵢ ln xᵢ + (1 − tᵢ) ln(1 − xᵢ)) of logistic outputs 0 &lt; xᵢ &lt; 1.</summary>
    public static Cost LogisticCrossEntropy { get; } = OfEach(
        "cross-entropy of logistic outputs",
        (x, t) => -t * Math.Log(x) - (1 - t) * Math.Log(1 - x),
        (x, t) => (x - t) / (x * (1 - x)));

    /// <summary>
    /// e = −Σ tᵢ ln pᵢ with p = softmax(x) of linear outputs: with the softmax inside e, every output of the network still
    /// depends on its own total input alone. ∂e/∂xᵢ = pᵢ Σt − tᵢ.
    /// </summary>
    public static Cost SoftmaxCrossEntropy { get; } = new(
        "cross-entropy of the softmax of linear outputs",
        (x, t) => Enumerable.Range(0, x.Length).Sum(i => -t[i] * Math.Log(Softmax(x)[i])),
        (x, t) => [.. Softmax(x).Select((p, i) => p * t.Sum() - t[i])]);

    /// <summary>A loss that is a sum over the outputs of a function of each output and its real value.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">ℓ(x, t) of one output.</param>
    /// <param name="derivative">∂ℓ/∂x of one output.</param>
    public static Cost OfEach(string name, Func<double, double, double> value, Func<double, double, double> derivative) =>
        new(name, (x, t) => Pairs(x, t, value).Sum(), (x, t) => [.. Pairs(x, t, derivative)]);

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    static IEnumerable<double> Pairs(double[] x, double[] t, Func<double, double, double> f)
    {
        if (x.Length != t.Length)
            throw new ArgumentException($"{x.Length} outputs and {t.Length} real values cannot be compared.");
        return x.Zip(t, f);
    }

    static double[] Softmax(double[] x)
    {
        double[] powers = [.. x.Select(each => Math.Exp(each - x.Max()))];
        return [.. powers.Select(power => power / powers.Sum())];
    }
}
