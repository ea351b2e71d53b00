using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Repository.Tests;

/// <summary>Which types of a library name which: as the compiler understands its files, comments left out.</summary>
sealed class TypeGraph
{
    readonly CSharpCompilation _compilation;

    TypeGraph(CSharpCompilation compilation, IReadOnlyList<TypeUse> uses) => (_compilation, Uses) = (compilation, uses);

    /// <summary>Every folder that a file lies in.</summary>
    public IEnumerable<string> Folders => _compilation.SyntaxTrees.Select(tree => tree.FilePath).Where(path => path.Length > 0)
        .Select(TypeUse.FolderOf).Distinct(StringComparer.Ordinal);

    /// <summary>Every place where a type names another.</summary>
    public IReadOnlyList<TypeUse> Uses { get; }

    /// <summary>The graph of a library.</summary>
    /// <param name="root">Its folder, which has the name of its assembly.</param>
    public static TypeGraph Of(string root) =>
        new TypeGraph(SourceCompilation.Empty(Path.GetFileName(root)), []).With([.. SourceCompilation.Sources(root)]);

    /// <summary>The same with more files, by their paths from the library's folder.</summary>
    public TypeGraph With(params (string Path, string Text)[] files)
    {
        SyntaxTree[] trees = SourceCompilation.Trees(files);
        CSharpCompilation compilation = _compilation.AddSyntaxTrees(trees);
        IEnumerable<TypeUse> uses = trees.SelectMany(tree => UsesIn(compilation.GetSemanticModel(tree)));
        return new TypeGraph(compilation, [.. Uses.Concat(uses).Distinct()]);
    }

    /// <summary>What breaks an order of folders: a type that names one of a folder further right.</summary>
    public IEnumerable<string> Breaches(IReadOnlyList<string> order)
    {
        var ranks = order.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        return
            from use in Uses
            where ranks[use.ToFolder] > ranks[use.FromFolder]
            select $"{use.File}:{use.Line}: {use.From} of {use.FromFolder} names {use.To} of {use.ToFolder}, "
                + "which stands right of it.";
    }

    /// <summary>The most types each of which leads to every other, by name.</summary>
    public IReadOnlyList<string> LargestCircle()
    {
        ILookup<string, string> named = Uses.ToLookup(use => use.From, use => use.To, StringComparer.Ordinal);
        var reached = named.ToDictionary(type => type.Key, type => Reached(type.Key), StringComparer.Ordinal);
        IEnumerable<string[]> circles = reached.Keys.Select(
            type => reached[type].Where(other => reached.GetValueOrDefault(other)?.Contains(type) == true)
                .Order(StringComparer.Ordinal).ToArray());
        return circles.MaxBy(circle => circle.Length) ?? [];

        HashSet<string> Reached(string start)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>([start]);
            while (open.TryPop(out string? type))
            {
                foreach (string next in named[type].Where(seen.Add))
                    open.Push(next);
            }

            return seen;
        }
    }

    // `new` without a name and a base's constructor name a type too.
    static IEnumerable<TypeUse> UsesIn(SemanticModel model) =>
        from node in model.SyntaxTree.GetRoot().DescendantNodes()
        where node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax
        let declaration = node.Ancestors().OfType<BaseTypeDeclarationSyntax>().LastOrDefault()
        where declaration is not null
        let info = model.GetSymbolInfo(node)
        let to = Outermost(info.Symbol ?? info.CandidateSymbols.FirstOrDefault())
        let file = to?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath
        where !string.IsNullOrEmpty(file)
        let own = Outermost(model.GetDeclaredSymbol(declaration))!
        where own.MetadataName != to.MetadataName
        let line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1
        select new TypeUse(model.SyntaxTree.FilePath, line, own.MetadataName, to.MetadataName, file);

    /// <summary>The outermost type that a symbol is or belongs to; for an extension, the class that holds it.</summary>
    static INamedTypeSymbol? Outermost(ISymbol? symbol)
    {
        INamedTypeSymbol? type = symbol is ITypeParameterSymbol ? null : symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
            type = outer;
        return type?.OriginalDefinition;
    }
}
