namespace Backprop.Engine;

/// <summary>
/// A number that formulas are written over: activations and losses state their mathematics once against this
/// interface, and the engine runs the same lines on vectors of any width, in single or double precision, and other
/// readers (an exporter, a gradient check) run them on their own kind of number.
/// </summary>
/// <typeparam name="TSelf">The implementing number.</typeparam>
/// <remarks>
/// Every operation rounds once, in the element type of the implementation. The elementary functions are the
/// project's own, so a formula gives the same bits on every machine.
/// </remarks>
public interface IReal<TSelf>
    where TSelf : struct, IReal<TSelf>
{
    /// <summary>The constant <paramref name="value"/>, rounded once to the element type.</summary>
    static abstract TSelf Constant(double value);

    /// <summary>a + b.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a − b.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a · b.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a / b.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>−a (the sign bit flipped, so −(+0) is −0).</summary>
    static abstract TSelf operator -(TSelf a);

    /// <summary>a · b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>|x|.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>√x, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>
    /// <paramref name="then"/> where a &lt; b, else <paramref name="otherwise"/>; a comparison with NaN is false.
    /// </summary>
    static abstract TSelf IfLess(TSelf a, TSelf b, TSelf then, TSelf otherwise);

    /// <summary>e^x.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>e^x − 1, accurate near 0.</summary>
    static abstract TSelf ExpMinusOne(TSelf x);

    /// <summary>ln x.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>ln(1 + x), accurate near 0.</summary>
    static abstract TSelf LogOnePlus(TSelf x);

    /// <summary>tanh x.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>1 / (1 + e^−x).</summary>
    static abstract TSelf Logistic(TSelf x);

    /// <summary>ln(1 + e^x).</summary>
    static abstract TSelf Softplus(TSelf x);

    /// <summary>The error function, 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    static abstract TSelf Erf(TSelf x);

    /// <summary>sin x.</summary>
    static abstract TSelf Sin(TSelf x);

    /// <summary>cos x.</summary>
    static abstract TSelf Cos(TSelf x);
}
