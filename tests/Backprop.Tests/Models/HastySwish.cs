using Backprop.Engine;

namespace Backprop.Tests;

/// <summary>f(u) = u·σ(u); the hasty one forgets a factor u in its derivative.</summary>
readonly record struct HastySwish(bool IsHasty) : IActivation
{
    public string Name => "swish";

    public bool DerivativeNeedsInput => true;

    public R Value<R>(R u)
        where R : struct, IReal<R> => u * R.Logistic(u);

    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R>
    {
        R s = R.Logistic(u);
        R rest = s * (R.Constant(1) - s);
        return s + (IsHasty ? rest : u * rest);
    }
}
