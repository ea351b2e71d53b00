using Xunit;

namespace Backprop.Tests;

public sealed class OnnxFuzzTests
{
    [Fact]
    public void Damaged_onnx_files_are_read_or_refused_in_one_sentence() => Fuzzer.Run(FuzzFormats.Onnx, 8000);
}
