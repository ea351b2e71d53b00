using Xunit;

namespace Backprop.Engine.Tests;

public sealed class ExamplesTests
{
    [Fact]
    public void Weights_are_scaled_to_mean_1_over_the_rows_taken()
    {
        var examples = new Examples<double>(new Matrix<double>(5, 1), new Matrix<double>(5, 1), [1, 2, 100, 0, 6]);
        Examples<double> taken = examples.Take([4, 0, 3, 1], scaleWeights: true);
        double[] expected = [6 * 4 / 9.0, 4 / 9.0, 0, 2 * 4 / 9.0];
        for (int i = 0; i < 4; i++)
            Assert.Equal(expected[i], taken.WeightOf(i), 1e-15);
        Assert.Equal(4, taken.TotalWeight(), 1e-15);

        // Without scaling they are what they were; of the part of a part too.
        Assert.Equal(2, examples.Take([1]).WeightOf(0));
        Assert.Equal(6, examples.Take([4, 0]).Take([0]).WeightOf(0));
        Assert.Equal(1, examples.Take([4, 0]).Take([1], scaleWeights: true).WeightOf(0));
        Assert.Equal(
            "No row has a weight above 0.",
            Assert.Throws<ArgumentException>(() => examples.Take([3], scaleWeights: true)).Message);
    }

    [Fact]
    public void A_part_of_a_part_holds_the_rows_it_names()
    {
        var inputs = new Matrix<double>(6, 1);
        for (int r = 0; r < 6; r++)
            inputs[r, 0] = r;

        Examples<double> part = new Examples<double>(inputs, [0, 1, 0, 1, 0, 1]).Take([5, 3, 1, 2]).Take([3, 0, 0]);
        var workspace = new Workspace<double>(new Network(1, [new Dense(2, Activation.Linear), new Softmax()]), 3);
        workspace.Load(part);
        Assert.Equal([2.0, 5, 5], Enumerable.Range(0, 3).Select(r => workspace.Inputs[r, 0]));
        Assert.Equal([0, 1, 1], workspace.Classes);
        Assert.Equal(
            "Row 6 is not one of 6 rows.",
            Assert.Throws<ArgumentException>(() => new Examples<double>(inputs, new int[6]).Take([6])).Message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Values_that_are_not_finite_are_refused_by_place(double value)
    {
        var good = new Matrix<double>(3, 2);
        var bad = new Matrix<double>(3, 2);
        bad[2, 1] = value;
        string text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            $"The input in row 2, column 1 is {text}, not a finite number.",
            Assert.Throws<ArgumentException>(() => new Examples<double>(bad, good)).Message);
        Assert.Equal(
            $"The input in row 2, column 1 is {text}, not a finite number.",
            Assert.Throws<ArgumentException>(() => new Examples<double>(bad, [0, 0, 0])).Message);
        Assert.Equal(
            $"The target in row 2, column 1 is {text}, not a finite number.",
            Assert.Throws<ArgumentException>(() => new Examples<double>(good, bad)).Message);
        Assert.Equal(
            $"The weight of row 1 is {text}; it must be 0 or more and finite.",
            Assert.Throws<ArgumentException>(() => new Examples<double>(good, good, [1, value, 1])).Message);
    }

    [Fact]
    public void Other_nonsense_is_refused()
    {
        var inputs = new Matrix<double>(3, 2);
        Assert.Equal("There are 3 rows of inputs, but 2 of classes.", Message(() => new Examples<double>(inputs, [0, 1])));
        Assert.Equal(
            "There are 3 rows of inputs, but 2 of targets.",
            Message(() => new Examples<double>(inputs, new Matrix<double>(2, 1))));
        Assert.Equal(
            "There are 3 rows of inputs, but 1 of weights.", Message(() => new Examples<double>(inputs, [0, 1, 2], [1])));
        Assert.Equal("The class of row 1 is -1; classes count from 0.", Message(() => new Examples<double>(inputs, [0, -1, 2])));
        Assert.Equal(
            "The weight of row 2 is -0.5; it must be 0 or more and finite.",
            Message(() => new Examples<double>(inputs, [0, 1, 2], [1, 1, -0.5])));

        static string Message(Func<object> make) => Assert.Throws<ArgumentException>(make).Message;
    }
}
