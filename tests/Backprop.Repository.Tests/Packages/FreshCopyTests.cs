using System.Security.Cryptography;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Copies of the sources alone, in two folders, each built from nothing by the README's first command.</summary>
[Trait("Category", "Slow")]
public sealed class FreshCopyTests
{
    static readonly string[] s_files =
    [
        "global.json", "Directory.Build.props", "Directory.Packages.props", ".editorconfig", "README.md", "LICENSE",
        "THIRD-PARTY-NOTICES.txt",
    ];

    [Fact]
    public void The_first_command_of_the_README_works_in_any_folder_and_gives_the_same_bytes()
    {
        string command = ReadmeTests.Commands().First();
        Assert.Contains("--out iris.onnx", command, StringComparison.Ordinal);
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        string[] folders = [one["sources"], other["elsewhere/of-another-length"]];
        foreach (string folder in folders)
        {
            Copy(folder);
            string said = Repository.Run(folder, "sh", "-c", $"unset CI; {command} 2>&1 >results");
            if (OperatingSystem.IsLinux())
                Assert.StartsWith(
                    "Building Backprop; the first time this takes about half a minute.\n", said, StringComparison.Ordinal);
            Assert.StartsWith("Validation, ", File.ReadAllText(Path.Combine(folder, "results")), StringComparison.Ordinal);
        }

        string[] built =
        [
            "iris.onnx",
            .. ((string[])["Backprop.Engine", "Backprop", "Backprop.Cli"]).SelectMany(
                name => new[] { $"artifacts/bin/{name}/release/{name}.dll", $"artifacts/bin/{name}/release/{name}.pdb" }),
        ];
        Assert.All(built, file => Assert.True(
            Hash(Path.Combine(folders[0], file)) == Hash(Path.Combine(folders[1], file)), $"{file} differs between two builds."));
    }

    static void Copy(string folder)
    {
        foreach (string file in s_files.Concat(Repository.Files("src", "*")).Concat(Repository.Files("samples", "*")))
        {
            string to = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Repository.PathOf(file), to);
        }
    }

    static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
