using System.Diagnostics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Runs Backprop.Probes in a process of its own.</summary>
static class Probe
{
    /// <summary>The lines that a probe prints.</summary>
    /// <param name="probe">The probe's name.</param>
    /// <param name="setting">An environment variable as NAME=VALUE, or null.</param>
    public static Task<string[]> Run(string probe, string? setting = null) => Run([probe], setting);

    /// <summary>The lines that a probe with arguments prints.</summary>
    public static async Task<string[]> Run(string[] arguments, string? setting = null)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(
            host, ["exec", Path.Combine(AppContext.BaseDirectory, "Backprop.Probes.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (setting?.Split('=') is [string name, string value])
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
