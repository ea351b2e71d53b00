using System.Numerics;

namespace Backprop.Engine;

/// <summary>The <see cref="IActivationBinder"/> of one activation struct.</summary>
sealed class ActivationBinder<TActivation>(TActivation activation) : IActivationBinder
    where TActivation : struct, IActivation
{
    public bool DerivativeNeedsInput { get; } = activation.DerivativeNeedsInput;

    public R Value<R>(R u)
        where R : struct, IReal<R> => activation.Value(u);

    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => activation.Derivative(u, x);

    public ActivationLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
        {
            LaneWidth.Bits512 => new ActivationLanes<T, Lanes512<T>, TActivation>(activation),
            LaneWidth.Bits256 => new ActivationLanes<T, Lanes256<T>, TActivation>(activation),
            LaneWidth.Bits128 => new ActivationLanes<T, Lanes128<T>, TActivation>(activation),
            _ => new ActivationLanes<T, Lane1<T>, TActivation>(activation),
        };
}
