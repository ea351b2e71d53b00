namespace Backprop.Engine.Tests;

/// <summary>f(u) = u·σ(u) as somebody may write it: right, or with one of the mistakes that people make.</summary>
/// <param name="Mistake">What is wrong with the derivative.</param>
readonly record struct OwnActivation(OwnMistake Mistake) : IActivation
{
    public string Name => $"own-{Mistake}";

    public bool DerivativeNeedsInput => Mistake != OwnMistake.SaysThatXIsEnough;

    public R Value<R>(R u)
        where R : struct, IReal<R> => u * R.Logistic(u);

    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R>
    {
        R s = R.Logistic(u);
        R right = s + u * s * (R.Constant(1) - s);
        return Mistake switch
        {
            OwnMistake.Factor => right * R.Constant(1.001),
            OwnMistake.Sign => s - u * s * (R.Constant(1) - s),
            OwnMistake.Zero => R.Constant(0),
            OwnMistake.NotANumber => R.IfLess(u, R.Constant(1.5), right, R.Log(R.Constant(-1))),
            _ => right,
        };
    }
}
