using System.Collections.Immutable;

namespace Backprop;

/// <summary>An explanation in the symbols and conventions of a notation: what to print, in order.</summary>
public sealed class NotatedExplanation
{
    internal NotatedExplanation()
    {
    }

    /// <summary>The notation.</summary>
    public required Notation Notation { get; init; }

    /// <summary>What it is written of.</summary>
    public required Explanation Explanation { get; init; }

    /// <summary>How the notation's conventions map to the engine's, in sentences.</summary>
    public required ImmutableArray<string> Remarks { get; init; }

    /// <summary>The quantities, in the order of the flow.</summary>
    public required ImmutableArray<Quantity> Quantities { get; init; }
}
