namespace Backprop.Tests;

/// <summary>
/// A number with a bound of how far rounding may have moved it from what the engine computed of the same numbers: every operation
/// carries the bounds of its parts on and adds its own rounding in the engine's element type. What is made of a formula's own
/// numbers alone, such as 1 − β₂ᵗ, the engine computes in double.
/// </summary>
readonly record struct Bounded(double Value, double Error, bool IsConstant = false)
{
    const double DoubleUnit = 1.0 / (1L << 53);

    // A sum of the engine's may add its terms in another order, and its functions are a few units in the last place off.
    const double Roundings = 2;
    const double FunctionRoundings = 8;
    const double ShownRoundings = 16;

    /// <summary>A number that an explanation shows: the engine has rounded it, and what it was made of, a few times.</summary>
    public static Bounded Shown(double value, double unit) => new(value, ShownRoundings * unit * Math.Abs(value));

    /// <summary>A number of a formula.</summary>
    public static Bounded Exact(double value) => new(value, 0, IsConstant: true);

    public static Bounded Add(Bounded a, Bounded b, double unit) => new(
        a.Value + b.Value, a.Error + b.Error + Roundings * Unit(a, b, unit) * (Math.Abs(a.Value) + Math.Abs(b.Value)),
        Both(a, b));

    static bool Both(Bounded a, Bounded b) => a.IsConstant && b.IsConstant;

    static double Unit(Bounded a, Bounded b, double unit) => Both(a, b) ? DoubleUnit : unit;

    public static Bounded Negate(Bounded a) => a with { Value = -a.Value };

    public static Bounded Multiply(Bounded a, Bounded b, double unit) => new(
        a.Value * b.Value,
        Math.Abs(a.Value) * b.Error + Math.Abs(b.Value) * a.Error + a.Error * b.Error
            + Roundings * Unit(a, b, unit) * Math.Abs(a.Value * b.Value),
        Both(a, b));

    public static Bounded Divide(Bounded a, Bounded b, double unit)
    {
        double value = a.Value / b.Value, smallest = Math.Abs(b.Value) - b.Error;
        double error = smallest > 0 ? (a.Error + Math.Abs(value) * b.Error) / smallest : double.PositiveInfinity;
        return new(value, error + Roundings * Unit(a, b, unit) * Math.Abs(value), Both(a, b));
    }

    /// <summary>A function whose change within the bound is its change at the bound's ends.</summary>
    public static Bounded Map(Bounded a, Func<double, double> function, double unit)
    {
        double value = function(a.Value);
        double change = a.Error == 0 ? 0 : Math.Max(
            Math.Abs(function(a.Value + a.Error) - value), Math.Abs(function(a.Value - a.Error) - value));
        return new(value, change + FunctionRoundings * Unit(a, a, unit) * Math.Abs(value), a.IsConstant);
    }

    /// <summary>√a, which is 0 where the bound reaches below.</summary>
    public static Bounded Root(Bounded a, double unit) => Map(a, value => Math.Sqrt(Math.Max(0, value)), unit);

    public static Bounded Power(Bounded a, Bounded b, double unit) => Map(a, value => Math.Pow(value, b.Value), unit);

    public static Bounded Sign(Bounded a) =>
        new(Math.Sign(a.Value), a.Error > 0 && Math.Abs(a.Value) <= a.Error ? 1 + Math.Abs(Math.Sign(a.Value)) : 0);

    /// <summary>One of two numbers; where rounding may have decided, either.</summary>
    public static Bounded Choose(Bounded left, Bounded right, string comparison, Func<Bounded> then, Func<Bounded> otherwise)
    {
        bool holds = comparison switch
        {
            "<" => left.Value < right.Value,
            ">" => left.Value > right.Value,
            "≤" => left.Value <= right.Value,
            "≥" => left.Value >= right.Value,
            _ => throw new FormatException($"There is no comparison '{comparison}'."),
        };
        Bounded chosen = holds ? then() : otherwise();
        double doubt = left.Error + right.Error;
        if (doubt == 0 || Math.Abs(left.Value - right.Value) > doubt)
            return chosen;
        Bounded other = holds ? otherwise() : then();
        return chosen with { Error = Math.Max(chosen.Error, Math.Abs(chosen.Value - other.Value) + other.Error) };
    }
}
