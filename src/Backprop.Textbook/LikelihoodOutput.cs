namespace Backprop.Textbook;

/// <summary>g of "likelihood", with the probability that belongs to it: its logarithm is what training climbs.</summary>
public enum LikelihoodOutput
{
    /// <summary>y = softmax(a), one class of K: Ln = Σ t ln y, "likelihood 2".</summary>
    Softmax = 0,

    /// <summary>yₖ = 1/(1 + e⁻ᵃ), K independent yes-or-no outputs (Bernoulli): Ln = Σ t ln y + (1 − t) ln(1 − y).</summary>
    Logistic = 1,

    /// <summary>y = a, K independent normal outputs of variance 1: Ln = −½ Σ (t − y)², without the constant −½ ln 2π.</summary>
    Linear = 2,
}
