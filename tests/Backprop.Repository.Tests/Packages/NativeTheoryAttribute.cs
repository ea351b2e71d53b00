using System.Runtime.CompilerServices;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>A theory about the native images; skipped by name where none are made.</summary>
sealed class NativeTheoryAttribute : TheoryAttribute
{
    public NativeTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = NativeFactAttribute.Reason;
}
