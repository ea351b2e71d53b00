using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Cross-entropy with rows as lanes gives the bits of the plain loop along rows.</summary>
public sealed class TurnedCrossEntropyTests
{
    const int Rows = 24;

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Every_number_of_classes_gives_the_bits_of_the_plain_loop(double smoothing)
    {
        foreach (LaneWidth width in LaneWidths.All)
        {
            for (int classes = 1; classes <= NarrowStep<float>.Widest; classes++)
                Check(width, classes, 1 + (7 * classes % Rows), smoothing);
        }
    }

    static void Check(LaneWidth width, int classes, int count, double smoothing)
    {
        Matrix<float> u = Sample.Matrix<float>(Rows, classes, (uint)classes);
        u[0, classes - 1] = 200;
        var turned = new Matrix<float>(classes, Rows);
        for (int row = 0; row < Rows; row++)
        {
            for (int j = 0; j < classes; j++)
                turned[j, row] = u[row, j];
        }

        int room = Matrix<float>.StrideOf(Rows);
        int[] targets = [.. Enumerable.Range(0, room).Select(row => row * 5 % classes)];
        float[] factors = [.. Enumerable.Range(0, room).Select(row => 1f / (row + 3))];
        float[] expectedLosses = new float[room], losses = new float[room];
        Matrix<float> expected = new(Rows, classes), delta = new(classes, Rows);
        SoftmaxLoops<float>.For(LaneWidth.Reference).WithCrossEntropy(smoothing)
            .EvaluateClasses(u, targets, factors, expectedLosses, expected, new RowRange(0, count));
        TurnedCrossEntropy<float>.For(width, smoothing)
            .Evaluate(turned, classes, [.. targets.Select(target => (float)target)], factors, losses, delta, count);
        for (int row = 0; row < count; row++)
        {
            AssertSame(expectedLosses[row], losses[row]);
            for (int j = 0; j < classes; j++)
                AssertSame(expected[row, j], delta[j, row]);
        }
    }

    static void AssertSame(float expected, float actual) =>
        Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(actual));
}
