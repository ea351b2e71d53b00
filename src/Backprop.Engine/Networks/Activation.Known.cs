using System.Collections.Immutable;

namespace Backprop.Engine;

public sealed partial class Activation
{
    const double DefaultSlope = 0.01;
    const double DefaultAlpha = 1;

    /// <summary>f(u) = u.</summary>
    public static Activation Linear { get; } = Known(default(Linear));

    /// <summary>f(u) = 1 / (1 + e^−u).</summary>
    public static Activation Logistic { get; } = Known(default(Logistic));

    /// <summary>f(u) = tanh u.</summary>
    public static Activation Tanh { get; } = Known(default(Tanh));

    /// <summary>f(u) = max(0, u), with f′(0) = 0.</summary>
    public static Activation Relu { get; } = Known(default(Relu));

    /// <summary>f(u) = λu or λα(e^u − 1), Klambauer et al. 2017.</summary>
    public static Activation Selu { get; } = Known(default(Selu));

    /// <summary>f(u) = u · Φ(u), exact, Hendrycks and Gimpel 2016.</summary>
    public static Activation Gelu { get; } = Known(default(Gelu));

    /// <summary>f(u) = u · σ(u), Elfwing et al. 2018.</summary>
    public static Activation Silu { get; } = Known(default(Silu));

    /// <summary>f(u) = u · tanh(ln(1 + e^u)), Misra 2019.</summary>
    public static Activation Mish { get; } = Known(default(Mish));

    /// <summary>f(u) = ln(1 + e^u).</summary>
    public static Activation Softplus { get; } = Known(default(Softplus));

    /// <summary>f(u) = u / (1 + |u|).</summary>
    public static Activation Softsign { get; } = Known(default(Softsign));

    /// <summary>f(u) = u, held between −1 and 1.</summary>
    public static Activation HardTanh { get; } = Known(default(HardTanh));

    /// <summary>f(u) = sin u.</summary>
    public static Activation Sine { get; } = Known(default(Sine));

    /// <summary>f(u) = e^u, the output of a Poisson regression.</summary>
    public static Activation Exponential { get; } = Known(default(Exponential));

    /// <summary>The built-in ones.</summary>
    internal static Family<Activation> Family { get; } = new(
        "activation",
        [
            ("linear", static _ => Linear),
            ("logistic", static _ => Logistic),
            ("tanh", static _ => Tanh),
            ("relu", static _ => Relu),
            ("leaky-relu", static s => LeakyRelu(s.Take("slope", DefaultSlope, double.Epsilon))),
            ("elu", static s => Elu(s.Take("alpha", DefaultAlpha, double.Epsilon))),
            ("selu", static _ => Selu),
            ("gelu", static _ => Gelu),
            ("silu", static _ => Silu),
            ("mish", static _ => Mish),
            ("softplus", static _ => Softplus),
            ("softsign", static _ => Softsign),
            ("hard-tanh", static _ => HardTanh),
            ("sine", static _ => Sine),
            ("exponential", static _ => Exponential),
        ],
        [("sigmoid", "logistic"), ("identity", "linear"), ("swish", "silu"), ("sin", "sine"), ("exp", "exponential")],
        [
            ("softmax", "it is an output, for classes, and joins the neurons of a layer; hidden layers take one such as relu."),
            ("gelutanh", "gelu here is u·Φ(u) exactly, not its approximation by tanh."),
            ("hardsigmoid", "other tools have several of this name; logistic is the smooth one."),
        ]);

    /// <summary>One of each built-in activation, with default parameters.</summary>
    public static ImmutableArray<Activation> All { get; } = Family.All;

    /// <summary>f(u) = u where u ≥ 0, else slope · u; Maas et al. 2013.</summary>
    /// <param name="slope">The slope below 0, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not a positive number.</exception>
    public static Activation LeakyRelu(double slope = DefaultSlope)
    {
        ThrowUnlessPositive(slope, nameof(slope));
        return Known(new LeakyRelu(slope));
    }

    /// <summary>f(u) = u where u ≥ 0, else α(e^u − 1); Clevert et al. 2016.</summary>
    /// <param name="alpha">The value −α that f tends to, α above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not a positive number.</exception>
    public static Activation Elu(double alpha = DefaultAlpha)
    {
        ThrowUnlessPositive(alpha, nameof(alpha));
        return Known(new Elu(alpha));
    }

    /// <summary>The activation of a name as recipes and the command line write it.</summary>
    /// <param name="text"><c>tanh</c>, <c>leaky-relu</c>, <c>leaky-relu:slope=0.2</c>; in any case, and
    /// <c>sigmoid</c>, <c>swish</c> and <c>identity</c> for <c>logistic</c>, <c>silu</c> and <c>linear</c>.</param>
    /// <exception cref="ArgumentException">The name or a parameter is not known; the message lists the known ones.</exception>
    public static Activation Parse(string text) => Family.Parse(text);

    /// <summary>A built-in one, which cannot be without a formula that people read.</summary>
    static Activation Known<TActivation>(TActivation activation)
        where TActivation : struct, IKnownActivation =>
        new(new ActivationBinder<TActivation>(activation), activation.Named, activation.Formula);

    static void ThrowUnlessPositive(double value, string name)
    {
        if (!double.IsFinite(value) || value <= 0)
            throw new ArgumentOutOfRangeException(name, value, "It must be a positive number.");
    }
}
