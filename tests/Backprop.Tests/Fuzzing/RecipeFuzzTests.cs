using Xunit;

namespace Backprop.Tests;

public sealed class RecipeFuzzTests
{
    [Fact]
    public void Damaged_recipe_files_are_read_or_refused_in_one_sentence() => Fuzzer.Run(FuzzFormats.Recipe, 15000);
}
