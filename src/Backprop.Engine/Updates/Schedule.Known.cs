using System.Collections.Immutable;

namespace Backprop.Engine;

public sealed partial class Schedule
{
    const string WarmupKey = "warmup";
    const double DefaultEvery = 10;
    const double DefaultStepFactor = 0.1;
    const double DefaultExponentialFactor = 0.95;
    const double DefaultPeak = 0.3;
    const double DefaultStart = 0.04;
    const double DefaultEnd = 4e-6;
    const double DefaultPatience = 10;
    const double DefaultThreshold = 1e-4;

    /// <summary>The built-in ones.</summary>
    internal static Family<Schedule> Family { get; } = new(
        "schedule",
        [
            ("constant", static s => Of(s, ScheduleKind.Constant)),
            ("step", static s => Of(
                s, ScheduleKind.Step, Whole(s, "every", DefaultEvery, 1), Fraction(s, "factor", DefaultStepFactor))),
            ("exponential", static s => Of(s, ScheduleKind.Exponential, Fraction(s, "factor", DefaultExponentialFactor))),
            ("cosine", static s => Of(s, ScheduleKind.Cosine, Fraction(s, "floor", 0))),
            ("one-cycle", static s => Of(
                s, ScheduleKind.OneCycle, Fraction(s, "peak", DefaultPeak), Fraction(s, "start", DefaultStart),
                Fraction(s, "end", DefaultEnd))),
            ("plateau", static s => Of(
                s, ScheduleKind.Plateau, Fraction(s, "factor", DefaultStepFactor), Whole(s, "patience", DefaultPatience, 0),
                Fraction(s, "threshold", DefaultThreshold))),
        ],
        [
            ("none", "constant"), ("fixed", "constant"), ("cosineannealing", "cosine"), ("reduceonplateau", "plateau"),
            ("reducelronplateau", "plateau"),
        ],
        []);

    /// <summary>Always 1.</summary>
    public static Schedule Constant { get; } = Parse("constant");

    /// <summary>One of each schedule, with default parameters.</summary>
    public static ImmutableArray<Schedule> All { get; } = Family.All;

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
        Specification s = Specification.Parse(text, Family.Words);
        _ = TakeWarmup(s);
        return Family.Make(s);
    }

    /// <summary>A schedule of a shape, whose numbers stand in the order in which <see cref="Factor"/> reads them.</summary>
    static Schedule Of(Specification s, ScheduleKind kind, params ReadOnlySpan<(string Key, double Value)> numbers) =>
        new(kind, s.Name, TakeWarmup(s), numbers);

    /// <summary>What every schedule takes; refused before the name is looked at.</summary>
    static int TakeWarmup(Specification s) => (int)s.TakeWhole(WarmupKey, 0, 0);

    static (string Key, double Value) Fraction(Specification s, string key, double otherwise) =>
        (key, s.Take(key, otherwise, 0, 1));

    static (string Key, double Value) Whole(Specification s, string key, double otherwise, double minimum) =>
        (key, s.TakeWhole(key, otherwise, minimum));
}
