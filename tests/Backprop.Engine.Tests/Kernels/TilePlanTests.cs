using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>A planned product gives the bits of the plain loops.</summary>
public sealed class TilePlanTests
{
    [Fact]
    public void Awkward_shapes_give_the_bits_of_the_plain_loops_at_every_width()
    {
        Products<float> plain = Products<float>.For(LaneWidth.Reference);
        var random = new Random(1);
        for (int shape = 0; shape < 60; shape++)
        {
            int rows = random.Next(1, 34), inner = random.Next(0, 40), columns = random.Next(1, 65);
            bool byColumns = shape % 2 == 0, goOn = shape % 3 == 0;
            Matrix<float> a = byColumns ? Sample.Matrix<float>(inner + 1, rows, 1) : Sample.Matrix<float>(rows, inner + 1, 1);
            Matrix<float> b = Sample.Matrix<float>(inner + 1, columns, 2), expected = Sample.Matrix<float>(rows, columns, 3);
            (int row, int step) = byColumns ? (1, a.Stride) : (a.Stride, 1);
            plain.Multiply(new LeftOperand<float>(ref a.Origin, row, step), b, inner, expected, new RowRange(0, rows), goOn);
            foreach (LaneWidth width in LaneWidths.All)
            {
                Matrix<float> c = Sample.Matrix<float>(rows, columns, 3);
                var plan = TilePlan<float>.For(width, rows, columns, (row, step), b.Stride, c.Stride);
                plan.Run(ref a.Origin, ref b.Origin, ref c.Origin, inner, goOn);
                for (int i = 0; i < rows; i++)
                    Assert.True(expected[i].SequenceEqual(c[i]), $"{rows}×{inner}×{columns}, {width}, row {i}");
            }
        }
    }
}
