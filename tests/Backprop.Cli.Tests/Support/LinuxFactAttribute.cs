using System.Runtime.CompilerServices;

namespace Backprop.Cli.Tests;

/// <summary>A fact that needs Linux's signals and tools; skipped by name elsewhere.</summary>
sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Reason;

    /// <summary>Why it is skipped, or null.</summary>
    public static string? Reason => OperatingSystem.IsLinux() ? null : "It sends signals with Linux's tools.";
}
