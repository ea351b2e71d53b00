namespace Backprop.Engine;

/// <summary>How the numbers of a tensor begin.</summary>
readonly record struct TensorStart
{
    /// <summary>As the initializer of the layer draws them.</summary>
    public static TensorStart Drawn => default;

    /// <summary>What all begin at, or null.</summary>
    public double? Constant { get; private init; }

    /// <summary>The deviation of the normal distribution that they are drawn from, or null.</summary>
    public double? Deviation { get; private init; }

    /// <summary>All at one number.</summary>
    public static TensorStart At(double value) => new() { Constant = value };

    /// <summary>Drawn from a normal distribution, whatever the initializer is.</summary>
    public static TensorStart Normal(double deviation) => new() { Deviation = deviation };
}
