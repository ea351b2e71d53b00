using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Every width gives the reference's bits, at every shape.</summary>
public sealed class ProductsTests
{
    public static TheoryData<int> Widths => new(LaneWidths.All.Where(width => width != LaneWidth.Reference).Select(width => (int)width));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_small_size_equals_the_reference(int width)
    {
        for (int size = 1; size <= 67; size++)
        {
            int other = size * 31 % 67 + 1, third = size * 17 % 67 + 1;
            Compare<float>(width, size, other, third);
            Compare<float>(width, other, size, third);
            Compare<double>(width, size, third, other);
            Compare<double>(width, third, other, size);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Inner_indices_in_blocks_equal_the_reference(int width)
    {
        foreach (int inner in (int[])[0, 1, 255, 256, 257, 511, 513, 600])
        {
            Compare<float>(width, 7, inner, 19);
            Compare<double>(width, 7, inner, 19);
            Compare<float>(width, inner, 5, 18);
            Compare<double>(width, inner, 5, 18);
            Compare<float>(width, 9, 20, inner);
            Compare<double>(width, 9, 20, inner);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Large_sizes_equal_the_reference(int width)
    {
        Compare<float>(width, 130, 300, 270);
        Compare<double>(width, 97, 261, 129);
    }

    static void Compare<T>(int width, int batch, int inputs, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new ProductComparison<T>(Products<T>.For((LaneWidth)width), batch, inputs, outputs).All();
}
