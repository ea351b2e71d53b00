using Backprop.Engine;

namespace Backprop;

/// <summary>
/// A number that computes nothing and records what is done to it. Running an activation's formula on it gives the
/// formula's operations, so an activation, a user's own too, exports as exactly what the engine runs.
/// </summary>
readonly struct GraphReal : IReal<GraphReal>
{
    readonly GraphExpression? _expression;

    public GraphReal(GraphExpression expression) => _expression = expression;

    /// <summary>What was recorded; a number that was never set is 0.</summary>
    public GraphExpression Expression => _expression ?? new GraphExpression(GraphOperation.Constant, 0);

    /// <summary>The operations of an activation's formula.</summary>
    public static GraphExpression Record(Activation activation) =>
        activation.Trace(new GraphReal(GraphExpression.Input)).Expression;

    public static GraphReal Constant(double value) => new(new GraphExpression(GraphOperation.Constant, value));

    public static GraphReal operator +(GraphReal a, GraphReal b) => Of(GraphOperation.Add, a, b);

    public static GraphReal operator -(GraphReal a, GraphReal b) => Of(GraphOperation.Subtract, a, b);

    public static GraphReal operator *(GraphReal a, GraphReal b) => Of(GraphOperation.Multiply, a, b);

    public static GraphReal operator /(GraphReal a, GraphReal b) => Of(GraphOperation.Divide, a, b);

    public static GraphReal operator -(GraphReal a) => a.Expression.Operation == GraphOperation.Constant
        ? Constant(-a.Expression.Constant)
        : Of(GraphOperation.Negate, a);

    // ONNX has no fused form; the second rounding is far below what runtimes differ by.
    public static GraphReal MultiplyAdd(GraphReal a, GraphReal b, GraphReal c) => a * b + c;

    public static GraphReal Abs(GraphReal x) => Of(GraphOperation.Abs, x);

    public static GraphReal Sqrt(GraphReal x) => Of(GraphOperation.Sqrt, x);

    public static GraphReal IfLess(GraphReal a, GraphReal b, GraphReal then, GraphReal otherwise) =>
        new(new GraphExpression(GraphOperation.IfLess, 0, a.Expression, b.Expression, then.Expression, otherwise.Expression));

    public static GraphReal Exp(GraphReal x) => Of(GraphOperation.Exp, x);

    public static GraphReal ExpMinusOne(GraphReal x) => Of(GraphOperation.ExpMinusOne, x);

    public static GraphReal Log(GraphReal x) => Of(GraphOperation.Log, x);

    public static GraphReal LogOnePlus(GraphReal x) => Of(GraphOperation.LogOnePlus, x);

    public static GraphReal Tanh(GraphReal x) => Of(GraphOperation.Tanh, x);

    public static GraphReal Logistic(GraphReal x) => Of(GraphOperation.Logistic, x);

    public static GraphReal Softplus(GraphReal x) => Of(GraphOperation.Softplus, x);

    public static GraphReal Erf(GraphReal x) => Of(GraphOperation.Erf, x);

    public static GraphReal Sin(GraphReal x) => Of(GraphOperation.Sin, x);

    public static GraphReal Cos(GraphReal x) => Of(GraphOperation.Cos, x);

    static GraphReal Of(GraphOperation operation, GraphReal a) => new(new GraphExpression(operation, 0, a.Expression));

    static GraphReal Of(GraphOperation operation, GraphReal a, GraphReal b) =>
        new(new GraphExpression(operation, 0, a.Expression, b.Expression));
}
