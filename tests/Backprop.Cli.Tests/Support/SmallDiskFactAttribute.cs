namespace Backprop.Cli.Tests;

/// <summary>A fact that needs a <see cref="SmallDisk"/>; skipped by name where there can be none.</summary>
sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Reason!;
}
