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

    /// <summary>One of each initializer, with default parameters.</summary>
    public static ImmutableArray<Initializer> All { get; } =
    [
        GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal, Uniform(), Normal(), Orthogonal(),
        Zeros,
    ];

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
            _ => GlorotUniform,
        };
    }

    /// <summary>The initializer of a name as recipes and the command line write it.</summary>
    /// <param name="text"><c>he-normal</c>, <c>uniform:range=0.1</c>, <c>orthogonal:gain=1.4</c>; in any case, and
    /// <c>xavier-uniform</c>, <c>kaiming-normal</c> and the like for those of Glorot and He.</param>
    /// <exception cref="ArgumentException">The name or a parameter is not known; the message lists the known ones.</exception>
    public static Initializer Parse(string text)
    {
        Specification s = Specification.Parse(text, Vocabularies.Initializers);
        return s.Done(s.Name switch
        {
            "uniform" => Uniform(s.Take("range", DefaultRange, double.Epsilon)),
            "normal" => Normal(s.Take("deviation", DefaultDeviation, double.Epsilon)),
            "orthogonal" => Orthogonal(s.Take("gain", 1, double.Epsilon)),
            _ => All.FirstOrDefault(known => known.Name == s.Name)
                ?? throw s.Unknown(),
        });
    }

    static double Positive(double value, string name) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "It must be a positive number.");
}
