namespace Backprop.Engine;

/// <summary>How the losses of a batch's rows become the batch's loss e.</summary>
public enum Reduction
{
    /// <summary>e = Σ wᵣ ℓᵣ / (number of rows in that batch, the short last one too).</summary>
    Mean = 0,

    /// <summary>e = Σ wᵣ ℓᵣ.</summary>
    Sum = 1,
}
