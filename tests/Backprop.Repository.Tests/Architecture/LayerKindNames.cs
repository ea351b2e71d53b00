using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Repository.Tests;

/// <summary>Which files name a kind of layer, its shape or another type of its own, as the compiler understands them.</summary>
sealed class LayerKindNames
{
    // What a kind's own types are called behind its name; a file has the name of its type.
    static readonly string[] s_endings = ["", "Flow", "Export", "Difference", "Notation"];

    LayerKindNames(IReadOnlyList<(string Kind, string File)> elsewhere) => Elsewhere = elsewhere;

    /// <summary>The kinds by the names of their shapes.</summary>
    public static string[] Kinds { get; } =
    [
        .. typeof(Engine.Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Engine.Layer)))
            .Select(type => type.Name),
    ];

    /// <summary>Every kind with a file that names it and is none of its own, once.</summary>
    public IReadOnlyList<(string Kind, string File)> Elsewhere { get; }

    public static LayerKindNames Of(params string[] projects) =>
        new([.. projects.SelectMany(project => In(project, [.. SourceCompilation.Sources($"src/{project}")]))]);

    /// <summary>The same in the files of one project.</summary>
    public static IReadOnlyList<(string Kind, string File)> In(
        string project, IReadOnlyCollection<(string Path, string Text)> sources)
    {
        var kinds = Kinds.SelectMany(kind => s_endings.Select(ending => (Word: kind + ending, Kind: kind)))
            .ToDictionary(pair => pair.Word, pair => pair.Kind, StringComparer.Ordinal);
        SyntaxTree[] trees = SourceCompilation.Trees(sources);
        CSharpCompilation compilation = SourceCompilation.Empty(project).AddSyntaxTrees(trees);
        IEnumerable<(string Kind, string File)> uses =
            from tree in trees
            let model = compilation.GetSemanticModel(tree)
            from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            let kind = kinds.GetValueOrDefault(name.Identifier.ValueText)
            where kind is not null && IsOfKind(model, name, kind)
            where kinds.GetValueOrDefault(Path.GetFileNameWithoutExtension(tree.FilePath)) != kind
            select (kind, $"{project}/{tree.FilePath}");
        return [.. uses.Distinct()];
    }

    /// <summary>Whether a word is a kind's type, and not a member or another type of that name.</summary>
    static bool IsOfKind(SemanticModel model, SimpleNameSyntax name, string kind)
    {
        SymbolInfo info = model.GetSymbolInfo(name);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        INamedTypeSymbol? type = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType
            : symbol as INamedTypeSymbol;
        return type is not null && (type.Name != kind || type.BaseType?.Name == nameof(Engine.Layer));
    }
}
