using Xunit;

namespace Backprop.Tests;

public sealed class SafetensorsFuzzTests
{
    [Fact]
    public void Damaged_safetensors_files_are_read_or_refused_in_one_sentence() => Fuzzer.Run(FuzzFormats.Safetensors, 4000);
}
