using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// f and f′ of the engine's activations, and the losses, for the Textbook: written again with Math alone. GELU is not
/// here, since Math has no error function.
/// </summary>
static class Functions
{
    const double SeluScale = 1.0507009873554804934193349852946;
    const double SeluAlpha = 1.6732632423543772848170429916717;

    /// <summary>The activations that are here.</summary>
    public static ImmutableArray<Activation> Known { get; } = Wish.AllActivations.Remove(Activation.Gelu);

    /// <summary>f and f′ by the engine's name.</summary>
    public static Function Of(Activation activation)
    {
        double parameter = activation.Named.Numbers.FirstOrDefault().Value;
        return Function.All.FirstOrDefault(known => known.Name == activation.Name) ?? activation.Named.Name switch
        {
            "leaky-relu" => new(activation.Name, u => u > 0 ? u : parameter * u, u => u > 0 ? 1 : parameter),
            "elu" => Exponential(activation.Name, 1, parameter),
            "selu" => Exponential(activation.Name, SeluScale, SeluAlpha),
            "silu" => new(activation.Name, u => u * Sigmoid(u), u => Sigmoid(u) + u * Sigmoid(u) * Sigmoid(-u)),
            "mish" => new(activation.Name, u => u * Math.Tanh(Math.Log(1 + Math.Exp(u))), MishSlope),
            "softsign" => new(activation.Name, u => u / (1 + Math.Abs(u)), u => Math.Pow(1 + Math.Abs(u), -2)),
            "hard-tanh" => new(activation.Name, u => Math.Clamp(u, -1, 1), u => Math.Abs(u) < 1 ? 1 : 0),
            "exponential" => new(activation.Name, Math.Exp, Math.Exp),
            _ => throw new ArgumentException($"{activation} is not written here.", nameof(activation)),
        };
    }

    /// <summary>
    /// A loss as a function of the last level's X, times a factor. Where softmax follows the last level it is part of the
    /// function, since an activation here is of one neuron.
    /// </summary>
    public static Cost Cost(Shape shape, double factor)
    {
        if (!shape.HasSoftmax)
        {
            return Textbook.Cost.OfEach(
                shape.Loss.Name, (x, t) => factor * Value(shape.Loss, x, t), (x, t) => factor * Slope(shape.Loss, x, t));
        }


        double smoothing = Parameter(shape.Loss);
        return shape.Loss.Kind == LossKind.Softmax
            ? new Cost(
                shape.Loss.Name,
                (u, t) => factor * u.Select((_, j) => -Smooth(t[j], u.Length) * Math.Log(Softmax(u)[j])).Sum(),
                (u, t) => [.. Softmax(u).Select((p, j) => factor * (p * t.Sum() - Smooth(t[j], u.Length)))])
            : new Cost(
                shape.Loss.Name,
                (u, t) => factor * Softmax(u).Select((p, j) => Value(shape.Loss, p, t[j])).Sum(),
                (u, t) =>
                    [.. ThroughJacobian(Softmax(u), [.. Softmax(u).Select((p, j) => factor * Slope(shape.Loss, p, t[j]))])]);

        double Smooth(double t, int outputs) => t * (1 - smoothing) + smoothing / outputs;
    }

    /// <summary>ℓ of one output x = f(u), joint losses too.</summary>
    static double Value(Loss loss, double x, double t) => loss.Named.Name switch
    {
        "squared" => (t - x) * (t - x),
        "half-squared" => (t - x) * (t - x) / 2,
        "absolute" => Math.Abs(t - x),
        "huber" =>
            Math.Abs(t - x) <= Parameter(loss) ? (t - x) * (t - x) / 2
                : Parameter(loss) * (Math.Abs(t - x) - Parameter(loss) / 2),
        "quantile" => Math.Max(Parameter(loss) * (t - x), (Parameter(loss) - 1) * (t - x)),
        "logistic-cross-entropy" => -Label(loss, t) * Math.Log(x) - (1 - Label(loss, t)) * Math.Log(1 - x),
        "poisson" => x - t * Math.Log(x),
        _ => throw new ArgumentException($"{loss} is not written here.", nameof(loss)),
    };

    /// <summary>∂ℓ/∂x.</summary>
    static double Slope(Loss loss, double x, double t) => loss.Named.Name switch
    {
        "squared" => 2 * (x - t),
        "half-squared" => x - t,
        "absolute" => Math.Sign(x - t),
        "huber" => Math.Clamp(x - t, -Parameter(loss), Parameter(loss)),
        "quantile" => x < t ? -Parameter(loss) : 1 - Parameter(loss),
        "logistic-cross-entropy" => (x - Label(loss, t)) / (x * (1 - x)),
        "poisson" => 1 - t / x,
        _ => throw new ArgumentException($"{loss} is not written here.", nameof(loss)),
    };

    static double Parameter(Loss loss) => loss.Named.Numbers.FirstOrDefault().Value;

    static double Label(Loss loss, double t) => t * (1 - Parameter(loss)) + Parameter(loss) / 2;

    static double[] Softmax(double[] u)
    {
        double sum = u.Sum(Math.Exp);
        return [.. u.Select(each => Math.Exp(each) / sum)];
    }

    /// <summary>Σⱼ gⱼ ∂xⱼ/∂uᵢ with ∂xⱼ/∂uᵢ = xⱼ(δᵢⱼ − xᵢ), the matrix written out.</summary>
    static IEnumerable<double> ThroughJacobian(double[] x, double[] g) =>
        x.Select((xi, i) => x.Select((xj, j) => g[j] * xj * ((i == j ? 1 : 0) - xi)).Sum());

    static Function Exponential(string name, double scale, double alpha) => new(
        name, u => u < 0 ? scale * alpha * (Math.Exp(u) - 1) : scale * u, u => u < 0 ? scale * alpha * Math.Exp(u) : scale);

    static double MishSlope(double u)
    {
        double t = Math.Tanh(Math.Log(1 + Math.Exp(u)));
        return t + u * (1 - t * t) * Sigmoid(u);
    }

    static double Sigmoid(double u) => 1 / (1 + Math.Exp(-u));
}
