using System.Xml.Linq;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>What may know what.</summary>
public sealed class ArchitectureTests
{
    // From top to bottom; a project may refer to those below it alone.
    static readonly string[] s_layers = ["Backprop.Cli", "Backprop.Start", "Backprop", "Backprop.Engine", Textbook];

    // Not below the engine but beside it: nothing of the product refers to it, and it to nothing.
    const string Textbook = "Backprop.Textbook";

    static readonly string[] s_forbidden =
        ["DllImport", "LibraryImport", "Parallel.For", "Parallel.Invoke", ".AsParallel(", "Task.Run("];

    // The one file that calls the operating system itself.
    const string SystemCalls = "src/Backprop.Start/LinuxCalls.cs";

    [Fact]
    public void Projects_refer_only_to_projects_below()
    {
        string[] projects = [.. Repository.Files("src", "*.csproj")];
        Assert.Equal(
            s_layers.Order(StringComparer.Ordinal),
            projects.Select(NameOf).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        foreach (string project in projects)
        {
            int own = Array.IndexOf(s_layers, NameOf(project));
            foreach (string reference in References(project, "ProjectReference"))
            {
                Assert.True(
                    Array.IndexOf(s_layers, NameOf(reference)) > own && NameOf(reference) != Textbook,
                    $"{project} refers to {reference}.");
            }
        }
    }

    [Fact]
    public void The_engine_needs_no_package()
    {
        Assert.Empty(References("src/Backprop.Engine/Backprop.Engine.csproj", "PackageReference"));
        foreach (string props in (string[])["Directory.Build.props", "src/Directory.Build.props"])
        {
            Assert.All(
                XDocument.Load(Repository.PathOf(props)).Descendants("PackageReference"),
                reference => Assert.Equal("all", (string?)reference.Attribute("PrivateAssets")));
        }

        Assert.All(
            typeof(Engine.Network).Assembly.GetReferencedAssemblies(),
            reference => Assert.StartsWith("System.", reference.Name));
    }

    [Fact]
    public void The_table_layer_needs_the_packages_it_is_known_to_need_alone() => Assert.Equal(
        ["CsvHelper", "Google.Protobuf", "Grpc.Tools"],
        References("src/Backprop/Backprop.csproj", "PackageReference").Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void Code_stays_with_the_framework_and_with_its_own_threads()
    {
        string[] files = [.. Repository.Files("src", "*.cs")];
        Assert.NotEmpty(files);
        IEnumerable<string> found =
            from file in files
            let text = Repository.Read(file)
            from word in s_forbidden
            where text.Contains(word, StringComparison.Ordinal) && (file, word) is not (SystemCalls, "LibraryImport")
            select $"{file}: {word}";
        Assert.Empty(found);
    }

    [Fact]
    public void Every_type_is_in_the_namespace_of_its_assembly()
    {
        foreach (string file in Repository.Files("src", "*.cs"))
        {
            string space = file.Split('/')[1];
            Assert.All(
                Repository.Read(file).Split('\n').Where(line => line.StartsWith("namespace ", StringComparison.Ordinal)),
                line => Assert.Equal($"namespace {space};", line));
        }
    }

    static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'));

    static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Repository.PathOf(project)).Descendants(kind)
            .Select(item => (string?)item.Attribute("Include")).OfType<string>();
}
