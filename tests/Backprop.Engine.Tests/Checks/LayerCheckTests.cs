using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The gradient check of every kind of layer.</summary>
public sealed class LayerCheckTests
{
    /// <summary>What the differences come to in double precision, with room; the default tolerance is 1e-7.</summary>
    const double Tight = 1e-8;

    static readonly GradientCheckOptions s_all = new() { Samples = 0, Tolerance = Tight };

    public static TheoryData<string> Names => [.. EveryKind.Networks.Select(each => each.Name)];

    [Fact]
    public void Every_kind_is_among_the_networks() => Assert.Empty(
        typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer)))
            .Except(EveryKind.Networks.SelectMany(each => each.Network.Layers).Select(layer => layer.GetType())));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_tensor_agrees(string name)
    {
        Network network = EveryKind.Of(name);
        foreach ((int rows, Reduction reduction) in new[]
        {
            (20, Reduction.Mean), (9, Reduction.Sum), (2, Reduction.Mean), (1, Reduction.Sum),
        })
        {
            GradientCheckResult result = GradientCheck.Run(
                EveryKind.Parameters<double>(network, 1), EveryKind.Rows<double>(network, rows), EveryKind.LossOf(network),
                reduction, s_all);
            Assert.True(result.Passed, $"{rows} rows: {result}");
            Assert.Equal(rows * network.Inputs + network.ParameterCount, result.Checked + result.LeftOut + result.Unresolved);
            Assert.InRange(result.LeftOut + result.Unresolved, 0, result.Checked / 10);
        }
    }

    /// <summary>A plain loss behind softmax takes another way back.</summary>
    [Theory]
    [InlineData("columns normalised last")]
    [InlineData("everything")]
    public void So_it_is_under_a_plain_loss_of_softmax(string name)
    {
        Network network = EveryKind.Of(name);
        GradientCheckResult result = GradientCheck.Run(
            EveryKind.Parameters<double>(network, 2), EveryKind.Rows<double>(network, 12), Loss.Squared, options: s_all);
        Assert.True(result.Passed, result.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_number_in_the_gradient_of_any_tensor_is_found_where_it_is(string name)
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
                .. flow.Layers.SelectMany(layer => layer.Tensors)
                    .Select(tensor => tensor.Gradient).OfType<ReadOnlyMatrix<double>>(),
            ];
            Assert.Equal(groups, gradients.Length);
            (int row, int column) = (gradients[i].Rows - 1, gradients[i].Columns - 1);
            gradients[i].Matrix[row, column] += 1e-4;
            GradientCheckResult result = new NetworkCheck(flow).Run(s_all);
            Assert.Equal(Enumerable.Range(0, groups).Select(group => group != i), result.Groups.Select(group => group.Passed));
            GradientDifference worst = result.Groups[i].Worst!.Value;
            Assert.Equal((row, column), (worst.Row, worst.Column));
        }
    }

    [Fact]
    public void Tensors_have_names_and_statistics_are_not_checked()
    {
        GradientCheckResult result = GradientCheck.Run(
            EveryKind.Parameters<double>(EveryKind.Of("everything"), 4), EveryKind.Rows<double>(EveryKind.Of("everything"), 6),
            Loss.SoftmaxCrossEntropy());
        Assert.Equal(
            [
                "inputs 0", "table 1 0", "table 2 0", "factors 1", "weights 2", "biases 2", "factors 3", "biases 3", "weights 4",
                "biases 4", "factors 5", "biases 5", "weights 6", "biases 6",
            ],
            result.Groups.Select(group => $"{group.Name} {group.Layer}"));
        Assert.Equal(
            [
                GradientTensor.Inputs, GradientTensor.Table, GradientTensor.Table, GradientTensor.Factors, GradientTensor.Weights,
                GradientTensor.Biases,
            ],
            result.Groups.Take(6).Select(group => group.Tensor));
        Assert.Matches(
            "^gradients agree: worst error .* in the ((factors|weights|biases|table [12]) of layer [1-7]|inputs) ",
            result.ToString());
    }

    /// <summary>A category that no row has: its entries move nothing, and the error flow says so.</summary>
    [Fact]
    public void A_category_without_rows_has_no_gradient()
    {
        var network = new Network(1, [new Embed(new EmbedTable(3, 1)), new Dense(1, Activation.Linear)]);
        Parameters<double> parameters = EveryKind.Parameters<double>(network, 5);
        var rows = new Examples<double>(
            Sample.Matrix<double>(4, 1, 6),
            Sample.Matrix<double>(4, 1, 7),
            codes: CodeMatrix.From(new[,] { { 0 }, { 2 }, { 0 }, { 2 } }));
        GradientCheckResult result = GradientCheck.Run(parameters, rows, Loss.Squared, options: s_all);
        Assert.True(result.Passed, result.ToString());
        var flow = FlowRecord<double>.Of(parameters, rows, Loss.Squared);
        Assert.Equal(0, flow.Layers[0].Tensors[0].Gradient![1, 0]);
        Assert.NotEqual(0, flow.Layers[0].Tensors[0].Gradient![2, 0]);
    }
}
