using Xunit;

namespace Backprop.Tests;

public sealed class CsvFuzzTests
{
    [Fact]
    public void Damaged_csv_files_are_read_or_refused_in_one_sentence() => Fuzzer.Run(FuzzFormats.Csv, 10000);
}
