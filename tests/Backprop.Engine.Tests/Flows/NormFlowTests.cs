using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The flows of scale and normalisations against plain loops, bit for bit, at every width.</summary>
public sealed class NormFlowTests
{
    static readonly (int Rows, int Columns)[] s_sizes =
        [(2, 1), (3, 3), (17, 8), (5, 15), (40, 16), (4, 17), (19, 33), (33, 70), (6, 130)];

    public static TheoryData<string, bool> Layers => new()
    {
        { "scale", true }, { "layernorm", true }, { "layernorm:epsilon=0.1", true }, { "batchnorm", true },
        { "batchnorm", false }, { "batchnorm:momentum=0.3", true },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Values_errors_gradient_and_statistics_are_those_of_plain_loops_in_single_precision(string name, bool learns) =>
        CheckAll<float>(name, learns);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Values_errors_gradient_and_statistics_are_those_of_plain_loops_in_double_precision(string name, bool learns) =>
        CheckAll<double>(name, learns);

    /// <summary>What only predicts keeps no x̂, and gives the bits of what could pass errors back.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public void A_predictor_gives_the_same_bits_row_by_row(string name, bool learns)
    {
        Assert.True(learns || name is "batchnorm");
        var network = new Network(7, Layer(name), new Dense(3, Activation.Tanh));
        Parameters<float> parameters = Sample.Parameters<float>(network, 5);
        Matrix<float> inputs = Sample.Matrix<float>(9, 7, 6);
        var workspace = new Workspace<float>(network, 9);
        workspace.Load(inputs, new Matrix<float>(9, 3));
        new ValueFlow<float>(network).Run(parameters, workspace);
        var predictor = new Predictor<float>(parameters);
        Matrix<float> all = predictor.Predict(inputs);
        var one = new float[3];
        for (int row = 0; row < 9; row++)
        {
            Assert.Equal(workspace.X[^1][row], all[row]);
            predictor.Predict(inputs[row], one);
            Assert.Equal(one, all[row]);
        }
    }

    [Fact]
    public void Batch_statistics_of_one_row_are_refused_and_constants_are_not_taken_in()
    {
        var network = new Network(2, new BatchNorm(), new Dense(1, Activation.Linear));
        Parameters<double> parameters = Sample.Parameters<double>(network, 1);
        var values = new ValueFlow<double>(network);
        var workspace = new Workspace<double>(network, 2);
        workspace.Load(new Matrix<double>(1, 2), new Matrix<double>(1, 1));
        Assert.Equal(
            "Batch statistics need at least 2 rows, not 1.",
            Assert.Throws<ArgumentException>(() => values.Learn(parameters, workspace)).Message);
        values.Run(parameters, workspace);
        Assert.Throws<InvalidOperationException>(() => values.UpdateStatistics(parameters, workspace));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var network = new Network(
            5, new Scale(), new Dense(9, Activation.Tanh), new BatchNorm(), new LayerNorm(), new Dense(2, Activation.Linear));
        Parameters<float> parameters = Sample.Parameters<float>(network, 1);
        var gradient = new Parameters<float>(network);
        var workspace = new Workspace<float>(network, 8);
        workspace.Load(Sample.Matrix<float>(8, 5, 2), Sample.Matrix<float>(8, 2, 3));
        var values = new ValueFlow<float>(network);
        var errors = new ErrorFlow<float>(network, Loss.Squared);
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            values.Learn(parameters, workspace);
            _ = errors.Run(parameters, workspace, gradient);
            values.UpdateStatistics(parameters, workspace);
        }
    }

    static void CheckAll<T>(string name, bool learns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (LaneWidth width in LaneWidths.All)
        {
            foreach ((int rows, int columns) in s_sizes)
                Check<T>(Layer(name), rows, columns, learns, width);
        }
    }

    static void Check<T>(Layer layer, int rows, int columns, bool learns, LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new Network(columns, layer, new Dense(3, Activation.Tanh));
        Parameters<T> parameters = Sample.Parameters<T>(network, 11);
        T[][] tensors = [.. network.Layout.Of(0).Select(tensor => parameters.Tensors[tensor][0].ToArray())];
        var workspace = new Workspace<T>(network, rows + 1, WorkspaceUse.Everything, width);
        // What stands behind the inputs may be anything.
        workspace.Inputs.Padded.Fill(T.NaN);
        workspace.Load(Sample.Matrix<T>(rows, columns, 12, 1, 0.5), Sample.Matrix<T>(rows, 3, 13));
        var gradient = new Parameters<T>(network);
        var values = new ValueFlow<T>(network);
        values.Run(parameters, workspace, Pass.Prediction with { Learns = learns }, new RowRange(0, rows), Share.All);
        _ = new ErrorFlow<T>(network, Loss.Squared, Reduction.Mean, width).Run(parameters, workspace, gradient);
        if (learns)
            values.UpdateStatistics(parameters, workspace);

        LayerFlow<T> flow = workspace.Layers[0];
        PlainNorms<T> plain = PlainNorms<T>.Of(
            layer, GradientCase.Rows(workspace.Inputs, rows), GradientCase.Rows(flow.OutputErrors!, rows), tensors, learns);
        Assert.Equal(plain.X, GradientCase.Rows(flow.X, rows));
        Assert.Equal(plain.Errors, GradientCase.Rows(workspace.InputErrors!, rows));
        for (int i = 0; i < plain.Gradients.Length; i++)
            Assert.Equal(plain.Gradients[i], gradient.Tensors[i][0].ToArray());
        for (int i = 0; i < plain.Statistics.Length; i++)
            Assert.Equal(plain.Statistics[i], parameters.Tensors[plain.Gradients.Length + i][0].ToArray());

        AssertPaddingIsZero(flow.X);
        AssertPaddingIsZero(workspace.InputErrors!);
        foreach (Matrix<T> tensor in gradient.Tensors)
            AssertPaddingIsZero(tensor);
    }

    static void AssertPaddingIsZero<T>(Matrix<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < matrix.Rows; row++)
            Assert.False(matrix.Padded.Slice(
                row * matrix.Stride + matrix.Columns, matrix.Stride - matrix.Columns).ContainsAnyExcept(T.Zero));
    }

    static Layer Layer(string name) => name switch
    {
        "scale" => new Scale(),
        "layernorm" => new LayerNorm(),
        "layernorm:epsilon=0.1" => new LayerNorm(0.1),
        "batchnorm" => new BatchNorm(),
        _ => new BatchNorm(0.3, 1e-3),
    };
}
