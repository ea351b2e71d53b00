namespace Backprop;

/// <summary>To be written.</summary>
sealed class ColumnNotation() : Notation("columns", "columns")
{
    private protected override string? Obstacle(Explanation explanation) => "it is not there yet.";

    private protected override string Fill(Explanation explanation, QuantitySheet sheet) => "";
}
