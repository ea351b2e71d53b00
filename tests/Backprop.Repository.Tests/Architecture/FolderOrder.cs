using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Repository.Tests;

/// <summary>
/// Holds a project's folders in an order: a file may use what its own folder and those left of it declare. A sub-folder counts as
/// the folder that it lies in. Comments may name what they like.
/// </summary>
static class FolderOrder
{
    /// <summary>What breaks the order, in sentences: file, line, type and the two folders.</summary>
    /// <param name="root">The project's folder.</param>
    /// <param name="order">The folders from left to right; <c>.</c> is the project's folder itself.</param>
    public static IReadOnlyList<string> Breaches(string root, string[] order) =>
        Breaches(Path.GetFileName(root), [.. SourceCompilation.Sources(root)], order);

    /// <summary>What breaks the order in an assembly of these files.</summary>
    public static IReadOnlyList<string> Breaches(
        string assembly, IReadOnlyCollection<(string Path, string Text)> sources, string[] order)
    {
        string[] folders = [.. sources.Select(source => FolderOf(source.Path)).Distinct(StringComparer.Ordinal)];
        string[] strange = [.. folders.Except(order, StringComparer.Ordinal)];
        string[] empty = [.. order.Except(folders, StringComparer.Ordinal)];
        if (strange.Length + empty.Length > 0)
        {
            return
            [
                .. strange.Select(folder => $"{folder} is a folder that the order does not name."),
                .. empty.Select(folder => $"The order names {folder}, where no file lies."),
            ];
        }

        SyntaxTree[] trees = SourceCompilation.Trees(sources);
        CSharpCompilation compilation = SourceCompilation.Empty(assembly).AddSyntaxTrees(trees);
        var ranks = order.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        Dictionary<string, int> furthest = FurthestDeclarations(trees, ranks);
        IEnumerable<string> breaches = trees.SelectMany(tree => Breaches(compilation.GetSemanticModel(tree), ranks, furthest));
        return [.. breaches.Distinct(StringComparer.Ordinal)];
    }

    // Names are enough: a type that is used without one comes from a member that is named, and where that stands left, it breaks
    // the order itself. The compiler is asked about words that something further right declares; all of them would take seconds.
    static IEnumerable<string> Breaches(SemanticModel model, Dictionary<string, int> ranks, Dictionary<string, int> furthest)
    {
        string file = model.SyntaxTree.FilePath, folder = FolderOf(file);
        return
            from name in model.SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            where furthest.GetValueOrDefault(name.Identifier.ValueText) > ranks[folder]
            let type = TypeOf(model, name)
            where type is not null
            from place in type.DeclaringSyntaxReferences
            let other = FolderOf(place.SyntaxTree.FilePath)
            where ranks[other] > ranks[folder]
            let line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1
            select $"{file}:{line}: {folder} uses {type.Name} of {other}, which stands right of it.";
    }

    /// <summary>The outermost type that a name is, or is a member of.</summary>
    static INamedTypeSymbol? TypeOf(SemanticModel model, SimpleNameSyntax name)
    {
        SymbolInfo info = model.GetSymbolInfo(name);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
            type = outer;
        return type?.OriginalDefinition;
    }

    /// <summary>For every word that is declared somewhere, the rank of the folder furthest right that declares it.</summary>
    static Dictionary<string, int> FurthestDeclarations(SyntaxTree[] trees, Dictionary<string, int> ranks)
    {
        const string Suffix = "Attribute";
        var furthest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in trees)
        {
            int rank = ranks[FolderOf(tree.FilePath)];
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                if (DeclaredBy(node) is not { } word)
                    continue;
                furthest[word] = Math.Max(rank, furthest.GetValueOrDefault(word));
                if (word.EndsWith(Suffix, StringComparison.Ordinal))
                    furthest[word[..^Suffix.Length]] = furthest[word];
            }
        }

        return furthest;
    }

    static string? DeclaredBy(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax @event => @event.Identifier.ValueText,
        EnumMemberDeclarationSyntax value => value.Identifier.ValueText,
        VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier.ValueText,
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } property => property.Identifier.ValueText,
        _ => null,
    };

    static string FolderOf(string path) => path.Split('/') is [string folder, _, ..] ? folder : ".";
}
