using System.Collections.Immutable;

namespace Backprop.Engine;

public sealed partial class Schedule
{
    const double DefaultEvery = 10;
    const double DefaultStepFactor = 0.1;
    const double DefaultExponentialFactor = 0.95;
    const double DefaultPeak = 0.3;
    const double DefaultStart = 0.04;
    const double DefaultEnd = 4e-6;
    const double DefaultPatience = 10;
    const double DefaultThreshold = 1e-4;

    /// <summary>Always 1.</summary>
    public static Schedule Constant { get; } = new(ScheduleKind.Constant, 0);

    /// <summary>One of each schedule, with default parameters.</summary>
    public static ImmutableArray<Schedule> All { get; } =
        [Constant, Parse("step"), Parse("exponential"), Parse("cosine"), Parse("one-cycle"), Parse("plateau")];

    /// <summary>
    /// The schedule of a name as recipes and the command line write it, in any case; each takes <c>warmup</c> (steps) too.
    /// <list type="bullet">
    /// <item><c>constant</c>: 1.</item>
    /// <item><c>step:every=10,factor=0.1</c>: factor^⌊epoch / every⌋.</item>
    /// <item><c>exponential:factor=0.95</c>: factor^epoch.</item>
    /// <item><c>cosine:floor=0</c>: floor + (1 − floor)·½(1 + cos(π·step / steps)); Loshchilov, Hutter 2017.</item>
    /// <item><c>one-cycle:peak=0.3,start=0.04,end=4e-6</c>: along half a cosine from start up to 1 at the fraction peak of
    /// the steps, then down to end at the last step; Smith, Topin 2018.</item>
    /// <item><c>plateau:factor=0.1,patience=10,threshold=1e-4</c>: times factor whenever the validation metric has not
    /// improved by threshold·|best| for more than patience epochs.</item>
    /// </list>
    /// </summary>
    /// <exception cref="ArgumentException">The name or a parameter is not known; the message lists the known ones.</exception>
    public static Schedule Parse(string text)
    {
        Specification s = Specification.Parse(text, Vocabularies.Schedules);
        int warmup = (int)Whole(s, "warmup", 0, 0, text);
        return s.Done(s.Name switch
        {
            "constant" => new Schedule(ScheduleKind.Constant, warmup),
            "step" => new Schedule(
                ScheduleKind.Step, warmup, Whole(s, "every", DefaultEvery, 1, text), Fraction(s, "factor", DefaultStepFactor)),
            "exponential" => new Schedule(
                ScheduleKind.Exponential, warmup, Fraction(s, "factor", DefaultExponentialFactor)),
            "cosine" => new Schedule(ScheduleKind.Cosine, warmup, Fraction(s, "floor", 0)),
            "one-cycle" => new Schedule(
                ScheduleKind.OneCycle, warmup, Fraction(s, "peak", DefaultPeak), Fraction(s, "start", DefaultStart),
                Fraction(s, "end", DefaultEnd)),
            "plateau" => new Schedule(
                ScheduleKind.Plateau, warmup, Fraction(s, "factor", DefaultStepFactor),
                Whole(s, "patience", DefaultPatience, 0, text), Fraction(s, "threshold", DefaultThreshold)),
            _ => throw s.Unknown(),
        });
    }

    static double Fraction(Specification s, string key, double otherwise) => s.Take(key, otherwise, 0, 1);

    static double Whole(Specification s, string key, double otherwise, double minimum, string text)
    {
        double value = s.Take(key, otherwise, minimum, int.MaxValue);
        return value == Math.Floor(value)
            ? value
            : throw new ArgumentException($"{key} of the schedule '{text}' must be a whole number.");
    }

    Named NamedOf()
    {
        (string name, (string Key, double Value)[] numbers) = _kind switch
        {
            ScheduleKind.Step => ("step", [("every", _first), ("factor", _second)]),
            ScheduleKind.Exponential => ("exponential", [("factor", _first)]),
            ScheduleKind.Cosine => ("cosine", [("floor", _first)]),
            ScheduleKind.OneCycle => ("one-cycle", [("peak", _first), ("start", _second), ("end", _third)]),
            ScheduleKind.Plateau => ("plateau", [("factor", _first), ("patience", _second), ("threshold", _third)]),
            _ => ("constant", Array.Empty<(string, double)>()),
        };
        return new Named(name, Warmup == 0 ? numbers : [.. numbers, ("warmup", Warmup)]);
    }
}
