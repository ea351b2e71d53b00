namespace Backprop.Engine;

/// <summary>Where a layer stands in the value flow of a check.</summary>
sealed record DifferencePlace
{
    /// <summary>What the engine's flows say of the layer.</summary>
    public required LayerRecord<double> Record { get; init; }

    /// <summary>What flowed into it there [rows, in].</summary>
    public required ReadOnlyMatrix<double> Source { get; init; }

    /// <summary>The same by the check's own loops.</summary>
    public required Matrix<double> In { get; init; }

    /// <summary>The batch.</summary>
    public required FlowRecord<double> Flow { get; init; }

    /// <summary>Which form of the loops runs; it changes no bit.</summary>
    public required LaneWidth Width { get; init; }
}
