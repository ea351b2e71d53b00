using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>What keeps code easy to read wherever it stands.</summary>
public sealed class SourceFormTests
{
    const int LongestLine = 130;
    const int MostParameters = 6;

    [Fact]
    public void No_line_is_longer_than_130_characters()
    {
        string[] files = [.. ((string[])["bench", "samples", "src", "tests", "tools"]).SelectMany(WrittenByHand)];
        Assert.NotEmpty(files);
        IEnumerable<string> found =
            from file in files
            from line in Repository.Read(file).Split('\n').Index()
            where line.Item.Length > LongestLine
            select $"{file}:{line.Index + 1} has {line.Item.Length} characters";
        Assert.Empty(found);
    }

    /// <summary>Primary constructors and those of records too; a method may have more.</summary>
    [Fact]
    public void No_constructor_of_the_source_has_more_than_six_parameters()
    {
        SyntaxTree[] trees = SourceCompilation.Trees(WrittenByHand("src").Select(file => (file, Repository.Read(file))));
        (string Place, int Count)[] constructors =
        [
            .. from tree in trees
               from node in tree.GetRoot().DescendantNodes()
               let parameters = node switch
               {
                   ConstructorDeclarationSyntax constructor => constructor.ParameterList,
                   TypeDeclarationSyntax type => type.ParameterList,
                   _ => null,
               }
               where parameters is not null
               select ($"{tree.FilePath}:{Line(node)}", parameters.Parameters.Count),
        ];
        Assert.NotEmpty(constructors);
        Assert.Empty(
            from constructor in constructors
            where constructor.Count > MostParameters
            select $"{constructor.Place} has {constructor.Count} parameters");
    }

    static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    static IEnumerable<string> WrittenByHand(string folder) =>
        Repository.Files(folder, "*.cs").Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal));
}
