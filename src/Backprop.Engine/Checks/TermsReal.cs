namespace Backprop.Engine;

/// <summary>
/// A double with the sum of the absolute values of the terms that it is made of: p − t has the terms |p| + |t| however much
/// of it cancels. Its rounding is relative to those, not to what is left.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Terms">The sum of its absolute terms; a function's value is one term.</param>
readonly record struct TermsReal(double Value, double Terms) : IReal<TermsReal>
{
    public static TermsReal Constant(double value) => new(value, Math.Abs(value));

    public static TermsReal operator +(TermsReal a, TermsReal b) => new(a.Value + b.Value, a.Terms + b.Terms);

    public static TermsReal operator -(TermsReal a, TermsReal b) => new(a.Value - b.Value, a.Terms + b.Terms);

    public static TermsReal operator *(TermsReal a, TermsReal b) => new(a.Value * b.Value, a.Terms * b.Terms);

    public static TermsReal operator /(TermsReal a, TermsReal b) => new(a.Value / b.Value, a.Terms / Math.Abs(b.Value));

    public static TermsReal operator -(TermsReal a) => a with { Value = -a.Value };

    public static TermsReal MultiplyAdd(TermsReal a, TermsReal b, TermsReal c) =>
        new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value), a.Terms * b.Terms + c.Terms);

    public static TermsReal Abs(TermsReal x) => x with { Value = Math.Abs(x.Value) };

    public static TermsReal Sqrt(TermsReal x) => Constant(Math.Sqrt(x.Value));

    public static TermsReal IfLess(TermsReal a, TermsReal b, TermsReal then, TermsReal otherwise) =>
        a.Value < b.Value ? then : otherwise;

    public static TermsReal Exp(TermsReal x) => Constant(Elementary.Exp(x.Value));

    public static TermsReal ExpMinusOne(TermsReal x) => Constant(Elementary.ExpMinusOne(x.Value));

    public static TermsReal Log(TermsReal x) => Constant(Elementary.Log(x.Value));

    public static TermsReal LogOnePlus(TermsReal x) => Constant(Elementary.LogOnePlus(x.Value));

    public static TermsReal Tanh(TermsReal x) => Constant(Elementary.Tanh(x.Value));

    public static TermsReal Logistic(TermsReal x) => Constant(Elementary.Logistic(x.Value));

    public static TermsReal Softplus(TermsReal x) => Constant(Elementary.Softplus(x.Value));

    public static TermsReal Erf(TermsReal x) => Constant(Elementary.Erf(x.Value));

    public static TermsReal Sin(TermsReal x) => Constant(Elementary.Sin(x.Value));

    public static TermsReal Cos(TermsReal x) => Constant(Elementary.Cos(x.Value));
}
