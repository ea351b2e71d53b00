using Xunit;

namespace Backprop.Engine.Tests;

public sealed class DifferenceFlowTests
{
    public static TheoryData<int> Widths => [.. LaneWidths.All.Select(width => (int)width)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_width_gives_the_bits_of_the_plain_loops(int width)
    {
        // Widths of layers that no vector divides.
        var network = new Network(
            7, [new Dense(13, Activation.Tanh), new Dense(5, Activation.Gelu), new Dense(3, Activation.Linear), new Softmax()]);
        Parameters<double> parameters = Sample.Parameters<double>(network, 3);
        var inputs = new Matrix<double>(4, 7);
        var targets = new Matrix<double>(4, 3);
        for (int row = 0; row < 4; row++)
        {
            for (int i = 0; i < 7; i++)
                inputs[row, i] = (row * 7 + i) * 5 % 11 / 4.0 - 1;
            targets[row, row % 3] = 1;
        }

        var flow = FlowRecord<double>.Of(parameters, new Examples<double>(inputs, targets), Loss.SoftmaxCrossEntropy());
        Assert.Equal(Changes(flow, LaneWidth.Reference), Changes(flow, (LaneWidth)width));
    }

    [Fact]
    public void A_width_without_a_loop_is_refused()
    {
        var network = new Network(2, [new Dense(1, Activation.Linear)]);
        Parameters<double> parameters = Sample.Parameters<double>(network, 3);
        var flow = FlowRecord<double>.Of(
            parameters, new Examples<double>(new Matrix<double>(1, 2), new Matrix<double>(1, 1)), Loss.HalfSquared);
        Assert.Throws<InvalidOperationException>(() => new DifferenceFlow(flow, (LaneWidth)64, LayerDifference.Of));
    }

    /// <summary>The bits of what every neuron's and every input's change does to every row's loss.</summary>
    static long[] Changes(FlowRecord<double> flow, LaneWidth width)
    {
        const double Step = 1e-4;
        var values = new DifferenceFlow(flow, width, LayerDifference.Of);
        var scratch = values.Scratch();
        var changes = new List<long>();
        for (int row = 0; row < flow.Rows; row++)
        {
            for (int i = 0; i < flow.Network.Inputs; i++)
                Add(values.ChangeByInput(row, i, Step, scratch));
            for (int k = 0; k < flow.Layers.Length; k++)
            {
                for (int j = 0; j < flow.Layers[k].Width; j++)
                    Add(values.ChangeByNeuron(row, k, j, Step, scratch));
            }
        }

        Assert.Contains(changes, bits => bits != 0);
        return [.. changes];

        void Add(double? change) => changes.Add(BitConverter.DoubleToInt64Bits(change!.Value));
    }
}
