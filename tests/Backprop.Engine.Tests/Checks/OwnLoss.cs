namespace Backprop.Engine.Tests;

/// <summary>ℓ = ln cosh(x − t) as somebody may write it, with tanh for its derivative, right or wrong.</summary>
readonly record struct OwnLoss(OwnMistake Mistake) : ILoss
{
    public string Name => $"own-{Mistake}";

    public R Value<R>(R output, R target)
        where R : struct, IReal<R>
    {
        R d = R.Abs(output - target);
        return d + R.LogOnePlus(R.Exp(R.Constant(-2) * d));
    }

    public R Derivative<R>(R output, R target)
        where R : struct, IReal<R>
    {
        R right = R.Tanh(output - target);
        return Mistake switch
        {
            OwnMistake.Factor => right * R.Constant(0.5),
            OwnMistake.Sign => -right,
            _ => right,
        };
    }
}
