using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Repository.Tests;

/// <summary>The files of a project as the compiler understands them.</summary>
static class SourceCompilation
{
    /// <summary>What the project file's ImplicitUsings adds.</summary>
    const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    static readonly CSharpParseOptions s_options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    /// <summary>The framework and what these tests are built with.</summary>
    static readonly PortableExecutableReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The files of a project with their texts; their paths start at its folder.</summary>
    /// <param name="root">The project's folder, which has the name of its assembly: <c>src/Backprop.Engine</c>.</param>
    public static IEnumerable<(string Path, string Text)> Sources(string root) =>
        Repository.Files(root, "*.cs").Select(file => (file[(root.Length + 1)..], Repository.Read(file)));

    /// <summary>An assembly of no files yet; what it is made of is not taken from its build.</summary>
    public static CSharpCompilation Empty(string assembly) => CSharpCompilation.Create(
        assembly,
        [CSharpSyntaxTree.ParseText(ImplicitUsings, s_options)],
        s_references.Where(reference => Path.GetFileNameWithoutExtension(reference.FilePath) != assembly),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>Files as syntax, each with its path.</summary>
    public static SyntaxTree[] Trees(IEnumerable<(string Path, string Text)> sources) =>
        [.. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, s_options, source.Path))];
}
