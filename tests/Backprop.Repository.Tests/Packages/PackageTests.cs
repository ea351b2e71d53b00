using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>The packages as they would be published.</summary>
[Trait("Category", "Slow")]
public sealed class PackageTests : IDisposable
{
    static readonly string[] s_texts = ["README.md", "LICENSE", "THIRD-PARTY-NOTICES.txt"];

    readonly TemporaryFolder _folder = new();

    public PackageTests()
    {
        foreach (string project in (string[])["Backprop.Engine", "Backprop", "Backprop.Cli"])
        {
            Repository.Run(
                Repository.Root, "dotnet", "pack", $"src/{project}", "--no-build", "-c", Repository.Configuration,
                "-o", _folder["packages"], "-nologo", "-v", "quiet");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Packages_hold_what_a_package_must()
    {
        string[] packages = [.. Directory.EnumerateFiles(_folder["packages"], "*.nupkg").Order(StringComparer.Ordinal)];
        Assert.Equal(3, packages.Length);
        foreach (string package in packages)
        {
            using ZipArchive zip = ZipFile.OpenRead(package);
            string[] entries = [.. zip.Entries.Select(entry => entry.FullName)];
            foreach (string file in s_texts)
            {
                Assert.Contains(file, entries, StringComparer.Ordinal);
                using var reader = new StreamReader(zip.GetEntry(file)!.Open());
                Assert.Equal(Repository.Read(file), reader.ReadToEnd());
            }

            Assert.True(File.Exists(Path.ChangeExtension(package, ".snupkg")), $"{package} has no symbols.");
            XElement metadata = Metadata(zip);
            Assert.Equal("MIT", Value(metadata, "license"));
            Assert.Equal("README.md", Value(metadata, "readme"));
            Assert.NotEmpty(Value(metadata, "description"));
            Assert.Equal("git", (string?)Element(metadata, "repository")?.Attribute("type"));
        }

        using ZipArchive engine = ZipFile.OpenRead(
            Assert.Single(packages, path => path.Contains("Backprop.Engine.", StringComparison.Ordinal)));
        Assert.DoesNotContain(Metadata(engine).Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void Third_party_notices_name_every_library_that_comes_along_and_its_version()
    {
        string package = Directory.EnumerateFiles(_folder["packages"], "Backprop.Cli.*.nupkg").Single();
        using ZipArchive zip = ZipFile.OpenRead(package);
        string[] libraries =
        [
            .. zip.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal))
                .Select(entry => Path.GetFileNameWithoutExtension(entry.Name))
                .Where(name => name is not ("Backprop" or "Backprop.Engine" or "Backprop.Cli")),
        ];
        string notices = Repository.Read("THIRD-PARTY-NOTICES.txt");
        Dictionary<string, string> versions = XDocument.Load(Repository.PathOf("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(
                item => (string)item.Attribute("Include")!, item => (string)item.Attribute("Version")!, StringComparer.Ordinal);
        Assert.NotEmpty(libraries);
        Assert.All(libraries, name => Assert.Contains($"\n{name} {versions[name]}\n", notices, StringComparison.Ordinal));
    }

    [Fact]
    public void A_tool_packed_for_another_kind_of_machine_is_compiled_ahead_for_it()
    {
        Repository.Run(
            Repository.Root, "dotnet", "pack", "src/Backprop.Cli", "-c", Repository.Configuration, "-o", _folder["machine"],
            "-p:ToolPackageRuntimeIdentifiers=win-x64", "-nologo", "-v", "quiet");
        string package = Assert.Single(Directory.EnumerateFiles(_folder["machine"], "Backprop.Cli.win-x64.*.nupkg"));
        using ZipArchive zip = ZipFile.OpenRead(package);
        Assert.All((string[])["Backprop.Cli", "Backprop", "Backprop.Engine"], name =>
        {
            using var content = new MemoryStream();
            using (Stream entry = zip.Entries.Single(entry => entry.Name == $"{name}.dll").Open())
                entry.CopyTo(content);
            content.Position = 0;
            using var image = new PEReader(content);
            Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{name} is not compiled.");
        });
    }

    [Fact]
    public void The_tool_installs_from_its_package_and_trains()
    {
        string tool = InstalledTool.From(_folder["packages"], _folder);
        string output = Repository.Run(
            _folder.Full, "sh", "-c", "DOTNET_ROOT=\"$(dirname \"$(readlink -f \"$(command -v dotnet)\")\")\" "
            + $"{tool} train sample:iris --target species --epochs 3 --out iris.onnx --json");
        Assert.StartsWith("{", output);
        Assert.InRange(new FileInfo(_folder["iris.onnx"]).Length, 1000, 1_000_000);
    }

    /// <summary>
    /// A new project, which gets the library from the folder of packages alone and what that needs from what was restored.
    /// </summary>
    [Fact]
    public void The_library_is_added_to_a_project_and_runs_the_code_of_the_README()
    {
        string known = Repository.Run(
            _folder.Full, "dotnet", "nuget", "locals", "global-packages", "--list")["global-packages: ".Length..].Trim();
        File.WriteAllText(_folder["nuget.config"], $"""
            <configuration>
              <packageSources>
                <clear/>
                <add key="backprop" value="{_folder["packages"]}"/>
                <add key="known" value="{known}"/>
              </packageSources>
              <packageSourceMapping>
                <packageSource key="backprop"><package pattern="Backprop*"/></packageSource>
                <packageSource key="known"><package pattern="*"/></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        File.WriteAllText(_folder["App.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
            </Project>
            """);
        string code = MarkdownBlock.In(Repository.Read("README.md"))
            .Single(block => block.Comment == "<!-- code: table -->").Text;
        File.WriteAllText(_folder["Program.cs"], $"using Backprop;\n\n{code}\n");
        Directory.CreateDirectory(_folder["samples"]);
        File.Copy(Repository.PathOf("samples/penguins.csv"), _folder["samples/penguins.csv"]);

        // Packages of this version that were restored before, from other sources, are none of these.
        string output = Repository.Run(
            _folder.Full, "sh", "-c", "export NUGET_PACKAGES=\"$PWD/restored\"; dotnet add package Backprop >&2 && dotnet run");
        Assert.Contains("Gentoo, with probability ", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["penguins.onnx"]));
    }

    static XElement Metadata(ZipArchive zip)
    {
        using Stream stream = zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single();
    }

    static XElement? Element(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    static string Value(XElement metadata, string name) => Element(metadata, name)?.Value ?? "";
}
