using System.Collections.Immutable;

namespace Backprop.Engine;

public sealed partial class Loss
{
    const double DefaultDelta = 1;
    const double DefaultQuantile = 0.5;
    const double LargestSmoothing = 1 - 1e-9;
    const string SoftmaxName = "softmax-cross-entropy";

    /// <summary>ℓ = (x − t)².</summary>
    public static Loss Squared { get; } = Known(default(SquaredLoss));

    /// <summary>ℓ = ½ (x − t)².</summary>
    public static Loss HalfSquared { get; } = Known(default(HalfSquaredLoss));

    /// <summary>ℓ = |x − t|.</summary>
    public static Loss Absolute { get; } = Known(default(AbsoluteLoss));

    /// <summary>ℓ = e^u − t·u with the output e^u (Poisson regression with the log link).</summary>
    public static Loss Poisson { get; } = Known(default(PoissonLoss), Activation.Exponential);

    /// <summary>The built-in ones.</summary>
    internal static Family<Loss> Family { get; } = new(
        "loss",
        [
            ("squared", static _ => Squared),
            ("half-squared", static _ => HalfSquared),
            ("absolute", static _ => Absolute),
            ("huber", static s => Huber(s.Take("delta", DefaultDelta, double.Epsilon))),
            ("quantile", static s => Quantile(s.Take("q", DefaultQuantile, double.Epsilon, LargestSmoothing))),
            (SoftmaxName, static s => SoftmaxCrossEntropy(TakeSmoothing(s))),
            ("logistic-cross-entropy", static s => LogisticCrossEntropy(TakeSmoothing(s))),
            ("poisson", static _ => Poisson),
        ],
        [
            ("mse", "squared"), ("meansquarederror", "squared"),
            ("mae", "absolute"), ("meanabsoluteerror", "absolute"), ("absoluteerror", "absolute"),
            ("pinball", "quantile"),
            ("crossentropy", SoftmaxName), ("logloss", SoftmaxName),
            ("categoricalcrossentropy", SoftmaxName), ("sparsecategoricalcrossentropy", SoftmaxName),
            ("bce", "logistic-cross-entropy"), ("binarycrossentropy", "logistic-cross-entropy"),
            ("bcewithlogits", "logistic-cross-entropy"),
        ],
        [
            ("squarederror", "some tools mean (x − t)² by it, which is squared here, and some ½(x − t)², which is half-squared."),
            ("rmse", "the root of a mean over all rows is no loss of a row; squared makes the same models best, "
                + "and rmse is a metric."),
            ("r2", "it is a metric; squared makes the same models best."),
            ("accuracy", "it has no gradient and is a metric; softmax-cross-entropy is the loss for classes."),
            ("l1", "absolute is the loss |x − t|; the penalty of weights is not part of the loss."),
            ("l2", "squared is the loss (x − t)²; the penalty of weights is not part of the loss."),
        ]);

    /// <summary>One of each built-in loss, with default parameters.</summary>
    public static ImmutableArray<Loss> All { get; } = Family.All;

    /// <summary>ℓ = ½d² where |d| ≤ δ, else δ(|d| − ½δ), d = x − t; Huber 1964.</summary>
    /// <exception cref="ArgumentOutOfRangeException">δ is not a positive number.</exception>
    public static Loss Huber(double delta = DefaultDelta)
    {
        if (!double.IsFinite(delta) || delta <= 0)
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "It must be a positive number.");
        return Known(new HuberLoss(delta));
    }

    /// <summary>ℓ = τd where d ≥ 0, else (τ − 1)d, d = t − x; Koenker, Bassett 1978.</summary>
    /// <exception cref="ArgumentOutOfRangeException">τ is not between 0 and 1.</exception>
    public static Loss Quantile(double quantile = DefaultQuantile)
    {
        if (!(quantile is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "It must lie between 0 and 1.");
        return Known(new QuantileLoss(quantile));
    }

    /// <summary>
    /// Softmax output with cross-entropy over a row's u: ℓ = −Σⱼ tⱼ ln pⱼ with p = softmax(u), computed from
    /// u − max u; ∂ℓ/∂uⱼ = pⱼ·Σt − tⱼ. Targets are class indices or soft targets t. Label smoothing ε puts
    /// t(1 − ε) + ε/classes in the place of t (Szegedy et al. 2016).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">ε is not from 0 to below 1.</exception>
    public static Loss SoftmaxCrossEntropy(double smoothing = 0)
    {
        ThrowUnlessSmoothing(smoothing);
        Named named = smoothing == 0 ? new(SoftmaxName) : new(SoftmaxName, (SmoothingKey, smoothing));
        return new Loss(
            named, LossKind.Softmax, null, null, static (x, t, u) => new FormulaText($@"(-{t} \ln {x})", $"({x} - {t})"));
    }

    /// <summary>
    /// Logistic outputs with cross-entropy, one label (one output) or many: ℓ = −t ln σ(u) − (1 − t) ln(1 − σ(u)),
    /// ∂ℓ/∂u = σ(u) − t. Label smoothing ε puts t(1 − ε) + ε/2 in the place of t.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">ε is not from 0 to below 1.</exception>
    public static Loss LogisticCrossEntropy(double smoothing = 0)
    {
        ThrowUnlessSmoothing(smoothing);
        return Known(new LogisticCrossEntropy(smoothing), Activation.Logistic);
    }

    /// <summary>The loss of a name as recipes and the command line write it.</summary>
    /// <param name="text"><c>squared</c>, <c>huber:delta=2</c>, <c>quantile:q=0.9</c>; in any case, and <c>mse</c>, <c>mae</c>,
    /// <c>cross-entropy</c> and <c>bce</c> for <c>squared</c>, <c>absolute</c>, <c>softmax-cross-entropy</c> and
    /// <c>logistic-cross-entropy</c>. The loss of a row is the sum over its outputs, by whatever word it is called.</param>
    /// <exception cref="ArgumentException">The name or a parameter is not known; the message lists the known ones.</exception>
    public static Loss Parse(string text) => Family.Parse(text);

    static double TakeSmoothing(Specification s) => s.Take(SmoothingKey, 0, 0, LargestSmoothing);

    /// <summary>A built-in one, which cannot be without a formula that people read; joint where it brings its output.</summary>
    static Loss Known<TLoss>(TLoss loss, Activation? link = null)
        where TLoss : struct, IKnownLoss => new(
        loss.Named, link is null ? LossKind.Plain : LossKind.Joint, new LossBinder<TLoss>(loss), link, loss.Formula);

    static void ThrowUnlessSmoothing(double smoothing)
    {
        if (!(smoothing is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "It must be from 0 to below 1.");
    }
}
