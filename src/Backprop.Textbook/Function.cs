namespace Backprop.Textbook;

/// <summary>A differentiable function of one number, f, and its derivative, f′: what every document calls f or σ.</summary>
/// <param name="Name">What the engine calls the same function.</param>
/// <param name="Value">f(u).</param>
/// <param name="Derivative">f′(u).</param>
public sealed record Function(string Name, Func<double, double> Value, Func<double, double> Derivative)
{
    /// <summary>f(u) = u.</summary>
    public static Function Linear { get; } = new("linear", u => u, _ => 1);

    /// <summary>f(u) = 1/(1 + e⁻ᵘ), f′ = f(1 − f).</summary>
    public static Function Logistic { get; } = new("logistic", Sigmoid, u => Sigmoid(u) * Sigmoid(-u));

    /// <summary>f(u) = tanh u, f′ = 1 − f².</summary>
    public static Function Tanh { get; } = new("tanh", Math.Tanh, u => 1 - Math.Tanh(u) * Math.Tanh(u));

    /// <summary>f(u) = max(0, u), f′ = 1 where u > 0, else 0.</summary>
    public static Function Relu { get; } = new("relu", u => Math.Max(0, u), u => u > 0 ? 1 : 0);

    /// <summary>f(u) = ln(1 + eᵘ), f′ = 1/(1 + e⁻ᵘ).</summary>
    public static Function Softplus { get; } = new(
        "softplus", u => Math.Max(0, u) + Math.Log(1 + Math.Exp(-Math.Abs(u))), Sigmoid);

    /// <summary>f(u) = sin u, f′ = cos u.</summary>
    public static Function Sine { get; } = new("sine", Math.Sin, Math.Cos);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Function> All { get; } = [Linear, Logistic, Tanh, Relu, Softplus, Sine];

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    static double Sigmoid(double u) => 1 / (1 + Math.Exp(-u));
}
