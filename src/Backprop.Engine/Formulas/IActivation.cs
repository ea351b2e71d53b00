namespace Backprop.Engine;

/// <summary>
/// An activation x = f(u) and its derivative, written once over any kind of number. A user's own activation is a
/// small struct with this interface, passed to <see cref="Activation.Of{TActivation}"/>: it then runs vectorised in
/// both precisions, exports to ONNX by itself, and its derivative can be checked.
/// </summary>
/// <example>
/// <code>
/// readonly record struct Cubic : IActivation
/// {
///     public string Name => "cubic";
///     public bool DerivativeNeedsInput => true;
///     public R Value&lt;R>(R u) where R : struct, IReal&lt;R> => u * u * u;
///     public R Derivative&lt;R>(R u, R x) where R : struct, IReal&lt;R> => R.Constant(3) * u * u;
/// }
/// </code>
/// </example>
public interface IActivation
{
    /// <summary>
    /// The name in recipes and messages, parameters included: <c>tanh</c>, <c>leaky-relu:slope=0.01</c>.
    /// Two activations of one name are taken for the same.
    /// </summary>
    string Name { get; }

    /// <summary>
    /// Whether <see cref="Derivative{R}"/> reads u. False where it follows from the output x alone: the value flow
    /// then need not keep u.
    /// </summary>
    bool DerivativeNeedsInput { get; }

    /// <summary>f(u).</summary>
    R Value<R>(R u)
        where R : struct, IReal<R>;

    /// <summary>
    /// f′(u), given u and x = f(u). Where <see cref="DerivativeNeedsInput"/> is false, <paramref name="u"/> holds x.
    /// At a kink: the derivative from one side, stated by the implementation.
    /// </summary>
    R Derivative<R>(R u, R x)
        where R : struct, IReal<R>;
}
