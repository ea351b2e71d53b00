using System.Numerics;

namespace Backprop.Engine;

/// <summary>Hides the struct type of a loss behind one object; the loops it binds are specialised for that struct.</summary>
interface ILossBinder
{
    R Value<R>(R output, R target)
        where R : struct, IReal<R>;

    R Derivative<R>(R output, R target)
        where R : struct, IReal<R>;

    LossLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
