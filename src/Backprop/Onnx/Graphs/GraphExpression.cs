namespace Backprop;

/// <summary>
/// One recorded operation of a formula: its ONNX-like name and what it is applied to, or a constant, or the formula's
/// input. Expressions share their parts and never change.
/// </summary>
/// <param name="operation">What is done to the arguments.</param>
/// <param name="constant">The number, for <see cref="GraphOperation.Constant"/>.</param>
/// <param name="arguments">The arguments in order.</param>
sealed class GraphExpression(GraphOperation operation, double constant, params GraphExpression[] arguments)
{
    /// <summary>The input u of the formula.</summary>
    public static GraphExpression Input { get; } = new(GraphOperation.Input, 0);

    public GraphOperation Operation => operation;

    public double Constant => constant;

    public ReadOnlySpan<GraphExpression> Arguments => arguments;

    /// <summary>Whether this is the constant <paramref name="value"/> (either sign of 0 is 0).</summary>
    public bool IsConstant(double value) => operation == GraphOperation.Constant && constant == value;
}
