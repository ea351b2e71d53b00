using System.Collections.Immutable;

namespace Backprop.Engine;

public sealed partial class Optimizer
{
    const double DefaultMomentum = 0.9;
    const double DefaultBeta1 = 0.9;
    const double DefaultBeta2 = 0.999;
    const double DefaultEpsilon = 1e-8;
    const double AdagradEpsilon = 1e-10;
    const double DefaultDecay = 0.99;
    const double DefaultMomentumDecay = 0.004;
    const double LionBeta2 = 0.99;
    const double DefaultGrow = 1.2;
    const double DefaultShrink = 0.5;
    const double DefaultSmallest = 1e-6;
    const double DefaultLargest = 50;

    // An ε of 0 would divide 0 by 0 in the padding, and one below single precision's range would be 0 there.
    const double LeastEpsilon = 1e-30;
    const double BelowOne = 1 - 1e-15;

    /// <summary>p ← p − η·g.</summary>
    public static Optimizer GradientDescent { get; } = Of(default(GradientDescent));

    /// <summary>The built-in ones.</summary>
    internal static Family<Optimizer> Family { get; } = new(
        "optimizer",
        [
            ("gradient-descent", static _ => GradientDescent),
            ("momentum", static s => Momentum(s.Take("momentum", DefaultMomentum, 0, BelowOne))),
            ("nesterov", static s => Nesterov(s.Take("momentum", DefaultMomentum, 0, BelowOne))),
            ("adagrad", static s => Adagrad(Epsilon(s, AdagradEpsilon))),
            ("rmsprop", static s => RmsProp(s.Take("decay", DefaultDecay, 0, BelowOne), Epsilon(s))),
            ("adam", static s => Adam(Beta1(s), Beta2(s), Epsilon(s))),
            ("adamw", static s => AdamW(Beta1(s), Beta2(s), Epsilon(s))),
            ("nadam", static s => NAdam(Beta1(s), Beta2(s), Epsilon(s), s.Take("decay", DefaultMomentumDecay, 0))),
            ("lion", static s => Lion(Beta1(s), Beta2(s, LionBeta2))),
            ("rprop", static s => Rprop(s)),
        ],
        [("sgd", "gradient-descent"), ("gd", "gradient-descent"), ("nag", "nesterov"), ("irprop", "rprop")],
        [
            ("lbfgs", "it is no rule for batches; adam is the usual one, rprop one for full batches."),
        ]);

    /// <summary>One of each optimizer, with default parameters.</summary>
    public static ImmutableArray<Optimizer> All { get; } = Family.All;

    /// <summary>m ← μ·m + g; p ← p − η·m. Polyak 1964.</summary>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer Momentum(double momentum = DefaultMomentum) =>
        Of(new Momentum(Within(momentum, 0, BelowOne, nameof(momentum))));

    /// <summary>m ← μ·m + g; p ← p − η·(g + μ·m). Nesterov 1983, in the form of Sutskever et al. 2013.</summary>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer Nesterov(double momentum = DefaultMomentum) =>
        Of(new Nesterov(Within(momentum, 0, BelowOne, nameof(momentum))));

    /// <summary>m ← m + g²; p ← p − η·g / (√m + ε). Duchi, Hazan, Singer 2011.</summary>
    /// <param name="epsilon">ε, 1e-30 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer Adagrad(double epsilon = AdagradEpsilon) =>
        Of(new Adagrad(Within(epsilon, LeastEpsilon, double.MaxValue, nameof(epsilon))));

    /// <summary>m ← ρ·m + (1 − ρ)·g²; p ← p − η·g / (√m + ε). Tieleman, Hinton 2012.</summary>
    /// <param name="decay">ρ, from 0 to below 1.</param>
    /// <param name="epsilon">ε, 1e-30 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer RmsProp(double decay = DefaultDecay, double epsilon = DefaultEpsilon) => Of(new RmsProp(
        Within(decay, 0, BelowOne, nameof(decay)), Within(epsilon, LeastEpsilon, double.MaxValue, nameof(epsilon))));

    /// <summary>
    /// m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − η/(1 − β₁^t) · m / (√v/√(1 − β₂^t) + ε). Kingma, Ba 2015.
    /// </summary>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, 1e-30 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer Adam(
        double beta1 = DefaultBeta1, double beta2 = DefaultBeta2, double epsilon = DefaultEpsilon) => Of(new Adam(
        Within(beta1, 0, BelowOne, nameof(beta1)), Within(beta2, 0, BelowOne, nameof(beta2)),
        Within(epsilon, LeastEpsilon, double.MaxValue, nameof(epsilon)), Decoupled: false));

    /// <summary>Adam with a weight decay of 0.01 unless another is given. Loshchilov, Hutter 2019.</summary>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, 1e-30 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer AdamW(
        double beta1 = DefaultBeta1, double beta2 = DefaultBeta2, double epsilon = DefaultEpsilon) => Of(new Adam(
        Within(beta1, 0, BelowOne, nameof(beta1)), Within(beta2, 0, BelowOne, nameof(beta2)),
        Within(epsilon, LeastEpsilon, double.MaxValue, nameof(epsilon)), Decoupled: true));

    /// <summary>Adam with Nesterov's look ahead, μ_t = β₁(1 − ½·0.96^(tψ)). Dozat 2016.</summary>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, 1e-30 or more.</param>
    /// <param name="decay">ψ, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer NAdam(
        double beta1 = DefaultBeta1, double beta2 = DefaultBeta2, double epsilon = DefaultEpsilon,
        double decay = DefaultMomentumDecay) => Of(new NAdam(
        Within(beta1, 0, BelowOne, nameof(beta1)), Within(beta2, 0, BelowOne, nameof(beta2)),
        Within(epsilon, LeastEpsilon, double.MaxValue, nameof(epsilon)), Within(decay, 0, double.MaxValue, nameof(decay))));

    /// <summary>p ← p − η·sign(β₁m + (1 − β₁)g); m ← β₂m + (1 − β₂)g. Chen et al. 2023.</summary>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer Lion(double beta1 = DefaultBeta1, double beta2 = LionBeta2) => Of(new Lion(
        Within(beta1, 0, BelowOne, nameof(beta1)), Within(beta2, 0, BelowOne, nameof(beta2))));

    /// <summary>
    /// Every parameter has a step size Δ of its own, which grows while its gradient keeps its sign and shrinks when the
    /// sign turns (and then waits one step): p ← p − Δ·sign(g). Riedmiller, Braun 1993, in the form iRprop⁻ of Igel,
    /// Hüsken 2000. The learning rate is the first Δ. Needs the gradient of all rows.
    /// </summary>
    /// <param name="grow">η⁺, above 1.</param>
    /// <param name="shrink">η⁻, between 0 and 1.</param>
    /// <param name="smallest">The smallest Δ, above 0.</param>
    /// <param name="largest">The largest Δ, not below the smallest.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static Optimizer Rprop(
        double grow = DefaultGrow, double shrink = DefaultShrink, double smallest = DefaultSmallest,
        double largest = DefaultLargest) => Of(new Rprop(
        Within(grow, 1, double.MaxValue, nameof(grow)), Within(shrink, LeastEpsilon, BelowOne, nameof(shrink)),
        Within(smallest, LeastEpsilon, double.MaxValue, nameof(smallest)),
        Within(largest, smallest, double.MaxValue, nameof(largest))));

    /// <summary>The optimizer of a name as recipes and the command line write it.</summary>
    /// <param name="text"><c>adam</c>, <c>adam:beta2=0.95</c>; in any case, and <c>sgd</c> for <c>gradient-descent</c>.</param>
    /// <exception cref="ArgumentException">The name or a parameter is not known; the message lists the known ones.</exception>
    public static Optimizer Parse(string text) => Family.Parse(text);

    static Optimizer Rprop(Specification s)
    {
        double grow = s.Take("grow", DefaultGrow, 1);
        double shrink = s.Take("shrink", DefaultShrink, LeastEpsilon, BelowOne);
        double smallest = s.Take("smallest", DefaultSmallest, LeastEpsilon);
        return Rprop(grow, shrink, smallest, s.Take("largest", Math.Max(smallest, DefaultLargest), smallest));
    }

    static double Beta1(Specification s) => s.Take("beta1", DefaultBeta1, 0, BelowOne);

    static double Beta2(Specification s, double otherwise = DefaultBeta2) => s.Take("beta2", otherwise, 0, BelowOne);

    static double Epsilon(Specification s, double otherwise = DefaultEpsilon) => s.Take("epsilon", otherwise, LeastEpsilon);

    static Optimizer Of<TRule>(TRule rule)
        where TRule : struct, IUpdateRule => new(new UpdateRuleBinder<TRule>(rule));

    static double Within(double value, double minimum, double maximum, string name)
    {
        if (!(value >= minimum && value <= maximum))
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"It must be from {ShortNumber.Text(minimum)} to {ShortNumber.Text(maximum)}.");
        }

        return value;
    }
}
