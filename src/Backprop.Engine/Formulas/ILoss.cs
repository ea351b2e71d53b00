namespace Backprop.Engine;

/// <summary>
/// A loss of one output against its target, ℓ(x, t), and its derivative ∂ℓ/∂x, written once over any kind of number.
/// A row's loss is the sum over its outputs. A user's own loss is a small struct with this interface, passed to
/// <see cref="Loss.Plain{TLoss}"/> (a function of the output X) or <see cref="Loss.Joint{TLoss}"/> (of the total input U,
/// together with the activation that makes the output of it).
/// </summary>
public interface ILoss
{
    /// <summary>The name in recipes and messages, parameters included: <c>squared</c>, <c>huber:delta=1</c>.</summary>
    string Name { get; }

    /// <summary>ℓ(output, target).</summary>
    R Value<R>(R output, R target)
        where R : struct, IReal<R>;

    /// <summary>∂ℓ/∂output. At a kink: a value between the one-sided derivatives, stated by the implementation.</summary>
    R Derivative<R>(R output, R target)
        where R : struct, IReal<R>;
}
