namespace Backprop.Engine;

/// <summary>A tensor as a layer asks for it, before it has a place.</summary>
/// <param name="Name">Its name within the layer.</param>
/// <param name="Role">What its numbers are for.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Start">How its numbers begin.</param>
readonly record struct TensorShape(string Name, TensorRole Role, int Rows, int Columns, TensorStart Start)
{
    /// <summary>The name of a dense layer's W.</summary>
    public const string Weights = "weights";

    /// <summary>The name of what is added to each output.</summary>
    public const string Bias = "bias";

    /// <summary>The name of what each value is multiplied by.</summary>
    public const string Factors = "factors";

    /// <summary>The name of the running means.</summary>
    public const string Mean = "mean";

    /// <summary>The name of the running variances.</summary>
    public const string Variance = "variance";
}
