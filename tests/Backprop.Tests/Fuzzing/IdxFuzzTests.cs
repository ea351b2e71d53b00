using Xunit;

namespace Backprop.Tests;

public sealed class IdxFuzzTests
{
    [Fact]
    public void Damaged_idx_files_are_read_or_refused_in_one_sentence() => Fuzzer.Run(FuzzFormats.Idx, 20000);
}
