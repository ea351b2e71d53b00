using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>f(u) = u where u ≥ 0, else slope · u; f′ = 1 where u > 0, else slope. Maas, Hannun, Ng 2013.</summary>
readonly struct LeakyRelu(double slope) : IKnownActivation
{
    public Named Named => new("leaky-relu", ("slope", slope));

    public bool DerivativeNeedsInput => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Value<R>(R u)
        where R : struct, IReal<R> => R.IfLess(u, R.Constant(0), R.Constant(slope) * u, u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public R Derivative<R>(R u, R x)
        where R : struct, IReal<R> => R.IfLess(R.Constant(0), x, R.Constant(1), R.Constant(slope));

    public FormulaText Formula(string u, string x) => new(
        $@"{u} \text{{ where }} {u} \ge 0, \text{{ else }} {FormulaText.Number(slope)} {u}",
        $@"1 \text{{ where }} {u} > 0, \text{{ else }} {FormulaText.Number(slope)}");
}
