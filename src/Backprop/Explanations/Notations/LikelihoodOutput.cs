using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>An output that the likelihood's document has: g, and the likelihood that belongs to it.</summary>
sealed class LikelihoodOutput
{
    static readonly ImmutableArray<LikelihoodOutput> s_all =
    [
        new()
        {
            Activation = null,
            Loss = Loss.SoftmaxCrossEntropy(),
            Value = static n => $@"y_k{n} = e^{{a_k{n}}}/\sum_i e^{{a_i{n}}}",
            Row = static (t, y) => $@"\sum_k {t} \ln {y}",
            Words = "log-likelihood",
        },
        new()
        {
            Activation = Activation.Logistic,
            Loss = Loss.LogisticCrossEntropy(),
            Value = static n => $"y_k{n} = 1/(1 + e^{{-a_k{n}}})",
            Row = static (t, y) => $@"\sum_k ({t} \ln {y} + (1 - {t}) \ln(1 - {y}))",
            Words = "log-likelihood of independent outputs",
        },
        new()
        {
            Activation = Activation.Linear,
            Loss = Loss.HalfSquared,
            Value = static n => $"y_k{n} = a_k{n}",
            Row = static (t, y) => $@"-\sum_k \tfrac{{1}}{{2}}({t} - {y})^2",
            Words = "log-likelihood of normal outputs, but for a constant",
        },
    ];

    /// <summary>The activation; null where softmax joins the outputs.</summary>
    public required Activation? Activation { get; init; }

    /// <summary>The loss whose likelihood it is, with default parameters.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The formula of y_k in LaTeX, of the mark of a row.</summary>
    public required Func<string, string> Value { get; init; }

    /// <summary>A row's log-likelihood in LaTeX, of the names of target and output.</summary>
    public required Func<string, string, string> Row { get; init; }

    /// <summary>What kind of likelihood that is.</summary>
    public required string Words { get; init; }

    /// <summary>What g is called.</summary>
    public string Name => Activation?.Name ?? OutputText.Softmax;

    /// <summary>The output of a network, or null where the document does not have it.</summary>
    public static LikelihoodOutput? Of(Network network)
    {
        bool isSoftmax = network.HasSoftmax;
        Activation? last = network.Layers[^1] is Dense dense ? FunctionSteps.Only(dense) : null;
        return isSoftmax || last is not null ? s_all.FirstOrDefault(known => Equals(known.Activation, last)) : null;
    }

    /// <summary>Whether a loss, smoothed or not, is that of this likelihood.</summary>
    public bool IsOf(Loss loss) => loss.Kind == Loss.Kind && loss.Named.Name == Loss.Named.Name;
}
