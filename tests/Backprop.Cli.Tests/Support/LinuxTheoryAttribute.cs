using System.Runtime.CompilerServices;

namespace Backprop.Cli.Tests;

/// <summary>A theory that needs Linux's signals and tools; skipped by name elsewhere.</summary>
sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = LinuxFactAttribute.Reason;
}
