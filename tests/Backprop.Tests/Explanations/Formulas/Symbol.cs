using System.Collections.Immutable;

namespace Backprop.Tests;

/// <summary>A symbol of a printed formula: letters, and what stands above and below them.</summary>
sealed record Symbol
{
    /// <summary>The letters: <c>X</c>, <c>ΔW</c>, <c>∂e/∂U</c>.</summary>
    public required string Letters { get; init; }

    /// <summary>What belongs to the name of what stands below: <c>2</c> of a₂, <c>H1</c> of W_H₁.</summary>
    public string Below { get; init; } = "";

    /// <summary>What stands above: <c>2</c> of X² and of g², <c>(1)</c> of o⁽¹⁾.</summary>
    public string Above { get; init; } = "";

    /// <summary>Indices that count neurons or steps, with what is added to each: j of Xⱼ, t + 1 of μₜ₊₁.</summary>
    public ImmutableArray<(string Name, int Plus)> Indices { get; init; } = [];

    /// <summary>Whether a prime follows: a derivative, or where there is none of this name a transpose.</summary>
    public bool IsPrimed { get; init; }

    public bool IsTransposed { get; init; }

    /// <summary>What identifies it, without its indices.</summary>
    public string Key => $"{Letters}_{Below}^{Above}{(IsPrimed ? "′" : "")}";

    public Symbol WithoutPrime => this with { IsPrimed = false };

    public Symbol WithoutAbove => this with { Above = "" };
}
