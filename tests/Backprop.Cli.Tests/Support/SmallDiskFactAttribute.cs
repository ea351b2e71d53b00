using System.Runtime.CompilerServices;

namespace Backprop.Cli.Tests;

/// <summary>A fact that needs a <see cref="SmallDisk"/>; skipped by name where there can be none.</summary>
sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = SmallDisk.Reason;
}
