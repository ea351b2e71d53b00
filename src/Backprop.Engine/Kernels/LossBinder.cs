using System.Numerics;

namespace Backprop.Engine;

/// <summary>The <see cref="ILossBinder"/> of one loss struct.</summary>
sealed class LossBinder<TLoss>(TLoss loss) : ILossBinder
    where TLoss : struct, ILoss
{
    public R Value<R>(R output, R target)
        where R : struct, IReal<R> => loss.Value(output, target);

    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R> => loss.Derivative(output, target);

    public LossLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
        {
            LaneWidth.Bits512 => new LossLanes<T, Lanes512<T>, TLoss>(loss),
            LaneWidth.Bits256 => new LossLanes<T, Lanes256<T>, TLoss>(loss),
            LaneWidth.Bits128 => new LossLanes<T, Lanes128<T>, TLoss>(loss),
            _ => new LossLanes<T, Lane1<T>, TLoss>(loss),
        };
}
