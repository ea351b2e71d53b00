using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>A fact about the native images; skipped by name where none are made.</summary>
sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Reason;

    /// <summary>Why it is skipped, or null.</summary>
    public static string? Reason => RuntimeInformation.RuntimeIdentifier == "linux-x64"
        ? null : "Native images are made on Linux on x64 only.";
}
