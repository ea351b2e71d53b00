using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>The working copy that these tests were built from.</summary>
static class Repository
{
    /// <summary>Tests that change the process's current folder or its console, and so run one after the other.</summary>
    public const string InAFolder = "in a folder";

    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as these tests were built.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>The files under a folder, as paths from the root with slashes; nothing that a build makes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>Runs a program to its end and gives what it wrote to standard output; fails where it fails.</summary>
    public static string Run(string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A build started here must neither wait for nor leave behind build servers, nor take over settings of this test run.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (string name in start.Environment.Keys.Where(IsSettingOfTheRun).ToArray())
            start.Environment.Remove(name);

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
        return output;
    }

    static bool IsSettingOfTheRun(string name) =>
        name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name is "MSBuildSDKsPath" or "MSBuildExtensionsPath" or "MSBUILD_EXE_PATH" or "MSBuildLoadMicrosoftTargetsReadOnly";

    static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Backprop.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
