using Backprop.Engine;

namespace Backprop;

sealed partial record HiddenLayer
{
    const string BatchNormName = "batchnorm";
    const string LayerNormName = "layernorm";
    const string DropoutName = "dropout";
    const string ScaleName = "scale";
    const string MomentumKey = "momentum";
    const string EpsilonKey = "epsilon";
    const string RateKey = "rate";

    /// <summary>The layers that go by a name.</summary>
    public static Family<HiddenLayer> Family { get; } = new(
        "layer",
        [
            (BatchNormName, static s =>
                Of(new BatchNorm(s.Take(MomentumKey, BatchNorm.DefaultMomentum, double.Epsilon, 1), Epsilon(s)))),
            (LayerNormName, static s => Of(new LayerNorm(Epsilon(s)))),
            (DropoutName, static s => Of(new Dropout(Rate(s)))),
            (ScaleName, static _ => Of(new Engine.Scale())),
            (EmbedSpec.Name, static s => new HiddenLayer { Embed = new EmbedSpec(EmbedWidth(s)) }),
        ],
        [
            ("bn", BatchNormName), ("batchnorm1d", BatchNormName), ("ln", LayerNormName), ("layernormalization", LayerNormName),
            ("embedding", EmbedSpec.Name), ("embeddings", EmbedSpec.Name),
        ],
        [
            ("batchnormalization",
                "write batchnorm; its momentum is the weight of the new statistics, 0.1, and not of the old ones."),
            ("softmax", "it is an output, for classes; say it with --output-activation softmax."),
            ("dense", "neurons are their number, such as 64 or 64*relu."),
            ("none", "it stands alone, for no hidden layer."),
        ]);

    /// <summary>How each is written with its usual numbers, or with P for one that has none: <c>dropout:rate=P</c>.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. Family.Words.Names.Select(static name => name switch
    {
        BatchNormName => new Named(
            name, (MomentumKey, BatchNorm.DefaultMomentum), (EpsilonKey, LayerNorm.DefaultEpsilon)).ToString(),
        LayerNormName => new Named(name, (EpsilonKey, LayerNorm.DefaultEpsilon)).ToString(),
        DropoutName => $"{name}:{RateKey}=P",
        _ => name,
    })];

    static double Epsilon(Specification s) => s.Take(EpsilonKey, LayerNorm.DefaultEpsilon, double.Epsilon);

    /// <summary>No rate is the usual one.</summary>
    static double Rate(Specification s)
    {
        const double BelowOne = 1 - 1e-15;
        double rate = s.Take(RateKey, double.NaN, 0, BelowOne);
        return double.IsNaN(rate) ? throw new ArgumentException($"The layer dropout needs its rate: {new Dropout(0.2)}.") : rate;
    }

    static int? EmbedWidth(Specification s)
    {
        double width = s.TakeWhole(EmbedSpec.WidthKey, 0, 1);
        if (width > Network.MaximumWidth)
            throw new ArgumentException($"The width of embed is 1 to {Network.MaximumWidth}.");
        return width == 0 ? null : (int)width;
    }
}
