namespace Backprop;

/// <summary>To be written.</summary>
sealed class LikelihoodNotation() : Notation("likelihood", "likelihood")
{
    private protected override string? Obstacle(Explanation explanation) => "it is not there yet.";

    private protected override string Fill(Explanation explanation, QuantitySheet sheet) => "";
}
