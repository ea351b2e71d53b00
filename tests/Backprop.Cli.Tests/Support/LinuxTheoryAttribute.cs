namespace Backprop.Cli.Tests;

/// <summary>A theory that needs Linux's signals and tools; skipped by name elsewhere.</summary>
sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = LinuxFactAttribute.Reason!;
}
