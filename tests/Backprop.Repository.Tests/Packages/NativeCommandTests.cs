using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>The native command as people install it: which of its images runs where, and that all give the same bits.</summary>
[Trait("Category", "Slow")]
public sealed partial class NativeCommandTests : IDisposable
{
    const string Training = "train sample:penguins --target species --layers 20,7 --out model.onnx --epochs";

    static readonly string[] s_images = ["", ".x86-64-v3", ".x86-64-v4"];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NativeFact]
    public void The_package_holds_the_start_three_images_and_no_symbols()
    {
        using ZipArchive zip = ZipFile.OpenRead(NativePackages.Find("Backprop.Cli.linux-x64.", ".nupkg"));
        Assert.Equal(
            [.. s_images.Select(image => $"tools/any/linux-x64/Backprop.Cli{image}"),
                "tools/any/linux-x64/DotnetToolSettings.xml", "tools/any/linux-x64/backprop"],
            zip.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("tools/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.All(
            (string[])["README.md", "LICENSE", "THIRD-PARTY-NOTICES.txt"],
            text => Assert.Contains(zip.Entries, entry => entry.FullName == text));
    }

    [NativeFact]
    public void The_tool_installs_and_goes_on_as_the_image_for_this_processor()
    {
        string tool = InstalledTool.From(NativePackages.Folder, _folder);
        Assert.Equal($"Backprop.Cli{ImageForThisProcessor()}", Path.GetFileName(RunningImage(tool)));
        Assert.Equal(HashesOfTheBuild(), Hashes(tool));
    }

    [NativeFact]
    public void The_archive_installs_over_an_earlier_one_and_runs()
    {
        string unpacked = NativePackages.Unpack(_folder["archive"]);
        foreach (string time in (string[])["first", "again"])
        {
            string output = Repository.Run(_folder.Full, $"{unpacked}/install.sh", _folder["prefix"]);
            Assert.StartsWith($"{_folder["prefix"]}/bin/backprop ", output, StringComparison.Ordinal);
            Assert.Equal(HashesOfTheBuild(), Hashes(_folder["prefix/bin/backprop"]));
        }

        Assert.Equal(["backprop"], Names("prefix/bin"));
        Assert.Equal(["backprop"], Names("prefix/lib"));

        string[] Names(string folder) =>
            [.. new DirectoryInfo(_folder[folder]).EnumerateFileSystemInfos().Select(info => info.Name)];
    }

    [NativeFact]
    public void Without_an_image_the_next_lower_one_runs_with_the_same_bits_and_without_any_it_says_so()
    {
        string folder = NativePackages.Unpack(_folder["archive"]);
        string expected = HashesOfTheBuild();
        foreach (string image in s_images.Reverse().SkipWhile(image => image != ImageForThisProcessor()))
        {
            string file = $"{folder}/Backprop.Cli{image}";
            Assert.Equal(file, RunningImage($"{folder}/backprop"));
            Assert.Equal(expected, Hashes($"{folder}/backprop"));
            File.Delete(file);
        }

        string output = Repository.Run(_folder.Full, "sh", "-c", $"{folder}/backprop --version 2>&1; echo exit code $?");
        Assert.Equal($"backprop: none of its programs in {folder} can be run; install it again.\nexit code 3\n", output);
    }

    [NativeTheory]
    [InlineData("max", ".x86-64-v3")] // all that qemu has: no AVX-512
    [InlineData("Nehalem", "")] // no AVX
    public void On_an_older_processor_no_image_runs_that_it_cannot_execute(string processor, string image)
    {
        string folder = NativePackages.Unpack(_folder["archive"]);
        string command = $"qemu-x86_64 -strace -cpu {processor} {folder}/backprop";
        string output = Repository.Run(_folder.Full, "sh", "-c", $"{command} {Training} 3 2>&1");
        string[] executed = [.. ExecutedFile().Matches(output).Select(match => match.Groups["file"].Value)];
        Assert.Equal([$"{folder}/Backprop.Cli{image}"], executed);
        Assert.Equal(HashesOfTheBuild(), HashesIn(output));
    }

    [GeneratedRegex("""execve\("(?<file>[^"]+)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExecutedFile();

    [GeneratedRegex("(?:Parameter|Model) hash +[0-9a-f]{64}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HashLine();

    // Not asked of the C library, as the command does it, but of the kernel.
    static string ImageForThisProcessor()
    {
        string[] flags = File.ReadLines("/proc/cpuinfo")
            .First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');
        // Without "abm": what has BMI has LZCNT too, and some machines leave it out of this list.
        string[] third = ["avx2", "fma", "bmi1", "bmi2", "movbe", "f16c"];
        string[] fourth = ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"];
        return !third.All(flags.Contains) ? "" : fourth.All(flags.Contains) ? ".x86-64-v4" : ".x86-64-v3";
    }

    /// <summary>Starts a training that does not end, and says which file runs once it has written its first line.</summary>
    string RunningImage(string command)
    {
        var start = new ProcessStartInfo(command, [.. Training.Split(' '), "1000000"])
        {
            WorkingDirectory = _folder.Full,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            Assert.StartsWith("Task: ", process.StandardError.ReadLine(), StringComparison.Ordinal);
            return File.ResolveLinkTarget($"/proc/{process.Id}/exe", returnFinalTarget: false)!.FullName;
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    string HashesOfTheBuild() => Hashes(
        "dotnet "
        + Repository.PathOf($"artifacts/bin/Backprop.Cli/{Repository.Configuration.ToLowerInvariant()}/Backprop.Cli.dll"));

    string Hashes(string command) => HashesIn(Repository.Run(_folder.Full, "sh", "-c", $"{command} {Training} 3 2>&1"));

    static string HashesIn(string output)
    {
        string[] lines = [.. HashLine().Matches(output).Select(match => match.Value)];
        Assert.Equal(2, lines.Length);
        return string.Join('\n', lines);
    }
}
