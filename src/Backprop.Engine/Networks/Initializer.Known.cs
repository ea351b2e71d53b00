using System.Collections.Immutable;

namespace Backprop.Engine;

public sealed partial class Initializer
{
    const double DefaultRange = 0.05;
    const double DefaultDeviation = 0.05;

    /// <summary>Uniform in ±√(6 / (in + out)); Glorot, Bengio 2010.</summary>
    public static Initializer GlorotUniform { get; } = new(InitializerKind.GlorotUniform, "glorot-uniform");

    /// <summary>Normal with variance 2 / (in + out); Glorot, Bengio 2010.</summary>
    public static Initializer GlorotNormal { get; } = new(InitializerKind.GlorotNormal, "glorot-normal");

    /// <summary>Uniform in ±√(6 / in); He, Zhang, Ren, Sun 2015.</summary>
    public static Initializer HeUniform { get; } = new(InitializerKind.HeUniform, "he-uniform");

    /// <summary>Normal with variance 2 / in; He, Zhang, Ren, Sun 2015.</summary>
    public static Initializer HeNormal { get; } = new(InitializerKind.HeNormal, "he-normal");

    /// <summary>Uniform in ±√(3 / in); LeCun, Bottou, Orr, Müller 1998.</summary>
    public static Initializer LecunUniform { get; } = new(InitializerKind.LecunUniform, "lecun-uniform");

    /// <summary>Normal with variance 1 / in; LeCun, Bottou, Orr, Müller 1998; Klambauer et al. 2017.</summary>
    public static Initializer LecunNormal { get; } = new(InitializerKind.LecunNormal, "lecun-normal");

    /// <summary>All 0: for networks without hidden layers, whose gradient then still has a direction.</summary>
    public static Initializer Zeros { get; } = new(InitializerKind.Zeros, "zeros");

    /// <summary>The built-in ones.</summary>
    internal static Family<Initializer> Family { get; } = new(
        "initializer",
        [
            ("glorot-uniform", static _ => GlorotUniform),
            ("glorot-normal", static _ => GlorotNormal),
            ("he-uniform", static _ => HeUniform),
            ("he-normal", static _ => HeNormal),
            ("lecun-uniform", static _ => LecunUniform),
            ("lecun-normal", static _ => LecunNormal),
            ("uniform", static s => Uniform(s.Take("range", DefaultRange, double.Epsilon))),
            ("normal", static s => Normal(s.Take("deviation", DefaultDeviation, double.Epsilon))),
            ("orthogonal", static s => Orthogonal(s.Take("gain", 1, double.Epsilon))),
            ("zeros", static _ => Zeros),
        ],
        [
            ("xavieruniform", "glorot-uniform"), ("xaviernormal", "glorot-normal"), ("kaiminguniform", "he-uniform"),
            ("kaimingnormal", "he-normal"), ("zero", "zeros"),
        ],
        [
            ("glorot", "it is glorot-uniform or glorot-normal; say which."),
            ("xavier", "it is glorot-uniform or glorot-normal; say which."),
            ("he", "it is he-uniform or he-normal; say which."),
            ("kaiming", "it is he-uniform or he-normal; say which."),
            ("lecun", "it is lecun-uniform or lecun-normal; say which."),
        ]);

    /// <summary>One of each initializer, with default parameters.</summary>
    public static ImmutableArray<Initializer> All { get; } = Family.All;

    /// <summary>Uniform in ±range.</summary>
    /// <param name="range">The range, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not a positive number.</exception>
    public static Initializer Uniform(double range = DefaultRange) => new(
        InitializerKind.Uniform, "uniform", "range", Positive(range, nameof(range)));

    /// <summary>Normal with mean 0.</summary>
    /// <param name="deviation">The standard deviation, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is not a positive number.</exception>
    public static Initializer Normal(double deviation = DefaultDeviation) => new(
        InitializerKind.Normal, "normal", "deviation", Positive(deviation, nameof(deviation)));

    /// <summary>
    /// gain · Q, where Q has orthonormal columns (rows, if in &lt; out) and is uniform over all such matrices: the
    /// Householder QR of a normal matrix, signs corrected; Saxe, McClelland, Ganguli 2014, Mezzadri 2007.
    /// </summary>
    /// <param name="gain">The gain, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not a positive number.</exception>
    public static Initializer Orthogonal(double gain = 1) => new(
        InitializerKind.Orthogonal, "orthogonal", "gain", Positive(gain, nameof(gain)));

    /// <summary>
    /// What suits an activation: <see cref="HeNormal"/> for ReLU and its smooth relatives, <see cref="LecunNormal"/> for
    /// SELU, <see cref="GlorotUniform"/> for all others.
    /// </summary>
    public static Initializer DefaultFor(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return activation.Named.Name switch
        {
            "relu" or "leaky-relu" or "elu" or "gelu" or "silu" or "mish" or "softplus" => HeNormal,
            "selu" => LecunNormal,
            "linear" or "logistic" or "tanh" or "softsign" or "hard-tanh" or "sine" or "exponential" => GlorotUniform,
            var name when Activation.Family.Words.Names.Contains(name, StringComparer.Ordinal) =>
                throw new NotSupportedException($"What initializer suits {name} is not said."),
            _ => GlorotUniform,
        };
    }

    /// <summary>The initializer of a name as recipes and the command line write it.</summary>
    /// <param name="text"><c>he-normal</c>, <c>uniform:range=0.1</c>, <c>orthogonal:gain=1.4</c>; in any case, and
    /// <c>xavier-uniform</c>, <c>kaiming-normal</c> and the like for those of Glorot and He.</param>
    /// <exception cref="ArgumentException">The name or a parameter is not known; the message lists the known ones.</exception>
    public static Initializer Parse(string text) => Family.Parse(text);

    static double Positive(double value, string name) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "It must be a positive number.");
}
