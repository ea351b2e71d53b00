using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>The documents' matrix operations on numbers worked out by hand.</summary>
public sealed class AlgebraTests
{
    static readonly double[,] s_a = { { 1, 2, 3 }, { 4, 5, 6 } };

    [Fact]
    public void A_product_sums_over_the_inner_index() => Assert.Equal(
        new double[,] { { 14, 32 }, { 32, 77 } }, Algebra.Product(s_a, Algebra.Transpose(s_a)));

    [Fact]
    public void Shapes_that_do_not_multiply_are_refused() =>
        Assert.Contains(
            "[2, 3] and [2, 3]",
            Assert.Throws<ArgumentException>(() => Algebra.Product(s_a, s_a)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Shapes_that_differ_are_not_spread_over_one_another() =>
        Assert.Throws<ArgumentException>(() => Algebra.Hadamard(s_a, new double[1, 3]));
}
