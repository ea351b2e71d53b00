using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// A double that remembers every decision taken on the way to it: which side of each <see cref="IfLess"/> was taken and the
/// sign that each <see cref="Abs"/> saw. Two inputs of a formula with one <see cref="Pattern"/> lie on one smooth piece of
/// it, whoever wrote it; where it changes between them, there may be a kink.
/// </summary>
/// <param name="Value">The number, with the bits that <see cref="Lane1{T}"/> gives.</param>
/// <param name="Pattern">A hash of the decisions, 0 where there were none.</param>
readonly record struct PatternReal(double Value, ulong Pattern = 0) : IReal<PatternReal>
{
    const ulong Odd = 0x9E3779B97F4A7C15;

    public static PatternReal Constant(double value) => new(value);

    public static PatternReal operator +(PatternReal a, PatternReal b) => new(a.Value + b.Value, Both(a, b));

    public static PatternReal operator -(PatternReal a, PatternReal b) => new(a.Value - b.Value, Both(a, b));

    public static PatternReal operator *(PatternReal a, PatternReal b) => new(a.Value * b.Value, Both(a, b));

    public static PatternReal operator /(PatternReal a, PatternReal b) => new(a.Value / b.Value, Both(a, b));

    public static PatternReal operator -(PatternReal a) => a with { Value = -a.Value };

    public static PatternReal MultiplyAdd(PatternReal a, PatternReal b, PatternReal c) =>
        new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value), Mix(Both(a, b), c.Pattern));

    public static PatternReal Abs(PatternReal x) => new(Math.Abs(x.Value), Decided(x.Pattern, x.Value < 0));

    public static PatternReal Sqrt(PatternReal x) => x with { Value = Math.Sqrt(x.Value) };

    // What the side that is not taken decided does not matter.
    public static PatternReal IfLess(PatternReal a, PatternReal b, PatternReal then, PatternReal otherwise)
    {
        bool isLess = a.Value < b.Value;
        PatternReal taken = isLess ? then : otherwise;
        return taken with { Pattern = Decided(Mix(Both(a, b), taken.Pattern), isLess) };
    }

    public static PatternReal Exp(PatternReal x) => x with { Value = Elementary.Exp(x.Value) };

    public static PatternReal ExpMinusOne(PatternReal x) => x with { Value = Elementary.ExpMinusOne(x.Value) };

    public static PatternReal Log(PatternReal x) => x with { Value = Elementary.Log(x.Value) };

    public static PatternReal LogOnePlus(PatternReal x) => x with { Value = Elementary.LogOnePlus(x.Value) };

    public static PatternReal Tanh(PatternReal x) => x with { Value = Elementary.Tanh(x.Value) };

    public static PatternReal Logistic(PatternReal x) => x with { Value = Elementary.Logistic(x.Value) };

    public static PatternReal Softplus(PatternReal x) => x with { Value = Elementary.Softplus(x.Value) };

    public static PatternReal Erf(PatternReal x) => x with { Value = Elementary.Erf(x.Value) };

    public static PatternReal Sin(PatternReal x) => x with { Value = Elementary.Sin(x.Value) };

    public static PatternReal Cos(PatternReal x) => x with { Value = Elementary.Cos(x.Value) };

    static ulong Both(PatternReal a, PatternReal b) => Mix(a.Pattern, b.Pattern);

    static ulong Mix(ulong a, ulong b) => (a | b) == 0 ? 0 : (BitOperations.RotateLeft(a, 29) ^ b) * Odd + 1;

    static ulong Decided(ulong pattern, bool decision) =>
        (BitOperations.RotateLeft(pattern, 17) ^ (decision ? 2UL : 1UL)) * Odd;
}
