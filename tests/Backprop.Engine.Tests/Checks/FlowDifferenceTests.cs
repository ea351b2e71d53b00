using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>What a kind of layer that has no difference of its own is checked by: its own value flow.</summary>
public sealed class FlowDifferenceTests
{
    static readonly GradientCheckOptions s_all = new() { Samples = 0, Tolerance = 1e-8 };

    public static TheoryData<string> Names => [.. EveryKind.Networks.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_tensor_agrees_by_it(string name)
    {
        Network network = EveryKind.Of(name);
        foreach ((int rows, Reduction reduction) in new[] { (12, Reduction.Mean), (4, Reduction.Sum), (1, Reduction.Sum) })
        {
            var flow = FlowRecord<double>.Of(
                EveryKind.Parameters<double>(network, 1), EveryKind.Rows<double>(network, rows), EveryKind.LossOf(network),
                reduction);
            GradientCheckResult result = new NetworkCheck(flow, ByFlow).Run(s_all);
            Assert.True(result.Passed, $"{rows} rows: {result}");
            Assert.Equal(rows * network.Inputs + network.ParameterCount, result.Checked + result.LeftOut + result.Unresolved);
            Assert.InRange(result.LeftOut + result.Unresolved, 0, result.Checked / 10);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_number_in_the_gradient_of_any_tensor_is_found_by_it(string name)
    {
        Network network = EveryKind.Of(name);
        Parameters<double> parameters = EveryKind.Parameters<double>(network, 3);
        int groups = GradientCheck.Run(parameters, EveryKind.Rows<double>(network, 6), EveryKind.LossOf(network)).Groups.Length;
        for (int i = 0; i < groups; i++)
        {
            var flow = FlowRecord<double>.Of(parameters, EveryKind.Rows<double>(network, 6), EveryKind.LossOf(network));
            ReadOnlyMatrix<double>[] gradients =
            [
                .. network.Inputs == 0 ? Array.Empty<ReadOnlyMatrix<double>>() : [flow.InputErrors],
                .. flow.Layers.SelectMany(layer => layer.Tensors).Select(tensor => tensor.Gradient)
                    .OfType<ReadOnlyMatrix<double>>(),
            ];
            (int row, int column) = (gradients[i].Rows - 1, gradients[i].Columns - 1);
            gradients[i].Matrix[row, column] += 1e-4;
            GradientCheckResult result = new NetworkCheck(flow, ByFlow).Run(s_all);
            Assert.Equal(Enumerable.Range(0, groups).Select(group => group != i), result.Groups.Select(group => group.Passed));
            GradientDifference worst = result.Groups[i].Worst!.Value;
            Assert.Equal((row, column), (worst.Row, worst.Column));
        }
    }

    [Theory]
    [InlineData("factors at both ends")]
    [InlineData("rows normalised")]
    [InlineData("columns normalised")]
    public void It_is_what_a_kinds_own_difference_says(string name)
    {
        Network network = EveryKind.Of(name);
        var flow = FlowRecord<double>.Of(
            EveryKind.Parameters<double>(network, 5), EveryKind.Rows<double>(network, 7), EveryKind.LossOf(network));
        for (int k = 0; k < flow.Layers.Length; k++)
        {
            if (flow.Layers[k].Layer is Dense)
                continue;
            LayerDifference own = LayerDifference.Of(Place(flow, k)), byFlow = new FlowDifference(Place(flow, k));
            Assert.Equal(own.CouplesRows, byFlow.CouplesRows);
            AssertNear(own.U, byFlow.U);
            Matrix<double> change = Sample.Matrix<double>(7, own.In.Columns, 8, 1e-4), sizes = Sizes(7, own.U.Columns);
            (Matrix<double> expected, Matrix<double> du) = (new(7, own.U.Columns), new(7, own.U.Columns));
            Assert.True(own.Totals(0, change, expected));
            Assert.True(byFlow.Totals(0, change, du));
            AssertNear(expected, du);
            (Matrix<double> ownBack, Matrix<double> back) = (new(7, own.In.Columns), new(7, own.In.Columns));
            own.SizesBack(sizes, ownBack);
            byFlow.SizesBack(sizes, back);

            // Terms that a closed form has by themselves and a slope together: a size, not a number.
            for (int row = 0; row < 7; row++)
            {
                for (int i = 0; i < back.Columns; i++)
                    Assert.InRange(back[row, i], ownBack[row, i] / 30, ownBack[row, i] * (1 + 1e-6));
            }

            for (int tensor = 0; tensor < flow.Layers[k].Tensors.Length; tensor++)
                Assert_entries_move_what_their_slopes_say(flow.Layers[k], own, byFlow, tensor, sizes);
        }
    }

    [Fact]
    public void A_row_alone_moves_as_it_does_among_others()
    {
        Network network = EveryKind.Of("rows normalised");
        var flow = FlowRecord<double>.Of(
            EveryKind.Parameters<double>(network, 5), EveryKind.Rows<double>(network, 4), EveryKind.LossOf(network));
        var difference = new FlowDifference(Place(flow, 2));
        Matrix<double> change = Sample.Matrix<double>(4, difference.In.Columns, 9, 1e-4), one = new(1, difference.In.Columns);
        (Matrix<double> all, Matrix<double> alone) = (new(4, difference.U.Columns), new(1, difference.U.Columns));
        Assert.True(difference.Totals(0, change, all));
        for (int row = 0; row < 4; row++)
        {
            change[row].CopyTo(one[0]);
            Assert.True(difference.Totals(row, one, alone));
            Assert.Equal(all[row].ToArray(), alone[0].ToArray());
        }
    }

    /// <summary>A kink of relu at 0, wherever it lies between the ends of a step.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(-0.25, false)]
    [InlineData(1.0 / 3, false)]
    [InlineData(-0.375, false)]
    [InlineData(0.5, false)]
    [InlineData(0.9, false)]
    [InlineData(-0.99, false)]
    [InlineData(1.01, true)]
    [InlineData(-1.01, true)]
    [InlineData(40, true)]
    public void A_step_over_a_kink_is_seen(double distance, bool isOnePiece)
    {
        var network = new Network(1, new Dense(1, Activation.Relu, bias: false), new Dense(1, Activation.Linear));
        foreach (double step in new[] { 1e-2, 1e-4, 1e-6, -1e-3 })
        {
            var parameters = new Parameters<double>(network);
            parameters.Weights[0][0, 0] = 0.7;
            var inputs = Matrix<double>.From(new[,] { { distance * step } });
            var flow = FlowRecord<double>.Of(parameters, new Examples<double>(inputs, new Matrix<double>(1, 1)), Loss.Squared);
            var difference = new FlowDifference(Place(flow, 0));
            Assert.Equal(
                isOnePiece, difference.Totals(0, Matrix<double>.From(new[,] { { step } }), new Matrix<double>(1, 1)));
        }
    }

    [Fact]
    public void An_entry_that_moves_a_value_over_a_kink_is_seen()
    {
        var network = new Network(1, new Dense(1, Activation.Relu, bias: false), new Dense(1, Activation.Linear));
        var inputs = Matrix<double>.From(new[,] { { 2.0 }, { -1.5 } });
        var flow = FlowRecord<double>.Of(
            new Parameters<double>(network), new Examples<double>(inputs, new Matrix<double>(2, 1)), Loss.Squared);
        var difference = new FlowDifference(Place(flow, 0));
        Assert.False(difference.ByEntry(0, 0, 0, 1e-3, new Matrix<double>(2, 1)));
    }

    static void Assert_entries_move_what_their_slopes_say(
        LayerRecord<double> layer, LayerDifference own, LayerDifference byFlow, int tensor, Matrix<double> sizes)
    {
        const double Step = 1e-3;
        if (layer.Tensors[tensor].Gradient is null)
            return;
        Assert.Equal((own.KindOf(tensor), own.NameOf(tensor)), (byFlow.KindOf(tensor), byFlow.NameOf(tensor)));
        double scale = own.ScaleOf(tensor, sizes);
        Assert.InRange(byFlow.ScaleOf(tensor, sizes), scale * (1 - 1e-6), scale * (1 + 1e-6));
        for (int j = 0; j < layer.Tensors[tensor].Values.Columns; j++)
        {
            (Matrix<double> expected, Matrix<double> du) = (new(7, own.U.Columns), new(7, own.U.Columns));
            for (int row = 0; row < 7; row++)
                expected[row, own.ColumnOf(tensor, j)] = Step * own.Slope(tensor, row, 0, j);
            Assert.True(byFlow.ByEntry(tensor, 0, j, Step, du));
            AssertNear(expected, du);
        }
    }

    static void AssertNear(Matrix<double> expected, Matrix<double> actual)
    {
        for (int row = 0; row < expected.Rows; row++)
        {
            for (int j = 0; j < expected.Columns; j++)
                Assert.Equal(expected[row, j], actual[row, j], 1e-13);
        }
    }

    static Matrix<double> Sizes(int rows, int columns)
    {
        Matrix<double> sizes = Sample.Matrix<double>(rows, columns, 10);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref double size in sizes[row])
                size = Math.Abs(size);
        }

        return sizes;
    }

    /// <summary>Layers that are neither dense nor read codes; those are checked by their own.</summary>
    static LayerDifference ByFlow(DifferencePlace place) =>
        place.Record.Layer is Dense or Embed ? LayerDifference.Of(place) : new FlowDifference(place);

    static DifferencePlace Place(FlowRecord<double> flow, int layer)
    {
        ReadOnlyMatrix<double> source = layer == 0 ? flow.Inputs : flow.Layers[layer - 1].X;
        return new() { Record = flow.Layers[layer], Source = source, In = source.Matrix, Flow = flow, Width = LaneWidths.Best };
    }
}
