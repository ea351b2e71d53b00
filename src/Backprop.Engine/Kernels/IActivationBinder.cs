using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Hides the struct type of an activation behind one object; the loops it binds are specialised for that struct.
/// </summary>
interface IActivationBinder
{
    bool DerivativeNeedsInput { get; }

    R Value<R>(R u)
        where R : struct, IReal<R>;

    R Derivative<R>(R u, R x)
        where R : struct, IReal<R>;

    ActivationLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
