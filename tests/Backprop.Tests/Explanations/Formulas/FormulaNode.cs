using System.Collections.Immutable;

namespace Backprop.Tests;

/// <summary>A part of a printed formula.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A number, a function's name, an index, or a comparison.</param>
/// <param name="Symbol">The symbol of a reference or call.</param>
/// <param name="Parts">What it is made of.</param>
sealed record FormulaNode(FormulaKind Kind, string Text, Symbol? Symbol, ImmutableArray<FormulaNode> Parts)
{
    public static FormulaNode Of(FormulaKind kind, params ImmutableArray<FormulaNode> parts) => new(kind, "", null, parts);

    public static FormulaNode Of(FormulaKind kind, string text, params ImmutableArray<FormulaNode> parts) =>
        new(kind, text, null, parts);

    public static FormulaNode Of(Symbol symbol, params ImmutableArray<FormulaNode> argument) =>
        new(argument.IsEmpty ? FormulaKind.Reference : FormulaKind.Call, "", symbol, argument);

    /// <summary>What identifies a reference, or a call of one with a symbol: <c>f′(U¹)</c>; null for all else.</summary>
    public string? Key => Kind switch
    {
        FormulaKind.Reference => Symbol!.Key,
        FormulaKind.Gather => Parts[0].Key,
        FormulaKind.Call when Parts[0].Kind == FormulaKind.Reference => $"{Symbol!.Key}({Parts[0].Symbol!.Key})",
        _ => null,
    };

    /// <summary>The indices of a reference, or of what is called.</summary>
    public ImmutableArray<(string Name, int Plus)> Indices =>
        Kind is FormulaKind.Gather or FormulaKind.Concatenation or FormulaKind.Slice ? []
        : Kind == FormulaKind.Call && Parts[0].Kind == FormulaKind.Reference ? Parts[0].Symbol!.Indices : Symbol!.Indices;
}
