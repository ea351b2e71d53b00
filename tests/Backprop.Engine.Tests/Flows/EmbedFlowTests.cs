using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Embeddings: the rows of their tables go in, the errors of their columns come back to them.</summary>
public sealed class EmbedFlowTests
{
    const int Rows = 23;

    static readonly EmbedTable[] s_tables = [new(5, 3), new(2, 1), new(40, 17), new(3, 2)];

    public static TheoryData<int> Numbers => [0, 4, 21];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Values_are_the_numbers_and_the_rows_of_the_tables(int numbers)
    {
        CheckValues<float>(numbers);
        CheckValues<double>(numbers);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_gradient_of_a_row_of_a_table_is_the_sum_of_its_errors_in_the_order_of_the_rows(int numbers)
    {
        CheckGradient<float>(numbers);
        CheckGradient<double>(numbers);
    }

    /// <summary>Every entry of every tensor by central differences of e at h = 10⁻⁵, which are off by some 10⁻¹⁰.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_the_differences_of_the_loss(bool behindDense)
    {
        const double h = 1e-5;
        var embed = new Embed(s_tables);
        Layer[] first = behindDense ? [new Dense(3, Activation.Tanh), embed] : [embed];
        var network = new Network(4, [.. first, new Dense(6, Activation.Tanh), new Dense(2, Activation.Linear)]);
        Parameters<double> parameters = Sample.Parameters<double>(network, 1);
        Examples<double> examples = Examples<double>(network);
        (var values, var errors) = (new ValueFlow<double>(network), new ErrorFlow<double>(network, Loss.Squared));
        (var workspace, var gradient, var other) =
            (new Workspace<double>(network, Rows), new Parameters<double>(network), new Parameters<double>(network));
        workspace.Load(examples);
        Evaluate(gradient);
        for (int t = 0; t < parameters.Tensors.Length; t++)
        {
            Matrix<double> tensor = parameters.Tensors[t];
            for (int i = 0; i < tensor.Rows * tensor.Columns; i++)
            {
                (int row, int column) = Math.DivRem(i, tensor.Columns);
                double old = tensor[row, column];
                tensor[row, column] = old + h;
                double above = Evaluate(other);
                tensor[row, column] = old - h;
                double below = Evaluate(other);
                tensor[row, column] = old;
                Assert.Equal((above - below) / (2 * h), gradient.Tensors[t][row, column], 1e-9);
            }
        }

        // What no row of any weight has a code of does not move, and the rest does.
        Matrix<double> table = gradient.Tensors[network.Layout.Of(behindDense ? 1 : 0)[2]];
        int[] used = [.. Enumerable.Range(0, 40).Where(code => table[code].ContainsAnyExcept(0.0))];
        IEnumerable<int> weighted = Enumerable.Range(0, Rows).Where(row => examples.WeightOf(row) > 0);
        Assert.Equal(weighted.Select(row => examples.CodesOf(row)[2]).Distinct().Order(), used);

        double Evaluate(Parameters<double> into)
        {
            values.Run(parameters, workspace);
            return errors.Run(parameters, workspace, into);
        }
    }

    /// <summary>∂e/∂X⁰ is that of the numbers alone.</summary>
    [Fact]
    public void Errors_of_the_numbers_go_on_to_the_layer_before()
    {
        var network = new Network(4, [new Embed(s_tables), new Dense(2, Activation.Tanh)]);
        Parameters<double> parameters = Sample.Parameters<double>(network, 1);
        FlowRecord<double> flow = FlowRecord<double>.Of(parameters, Examples<double>(network), Loss.Squared);
        Assert.Equal(4, flow.InputErrors.Columns);
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < 4; i++)
            {
                double sum = Enumerable.Range(0, 2).Sum(j => flow.Layers[^1].Delta[row, j] * parameters.Weights[0][i, j]);
                Assert.Equal(sum, flow.InputErrors[row, i], 14);
            }
        }
    }

    [Fact]
    public void Codes_that_do_not_fit_are_refused_by_place()
    {
        const string NoCodes = "The rows have 0 codes, but the network takes 2 codes.";
        var network = new Network(1, [new Embed(new EmbedTable(3, 2), new EmbedTable(5, 1)), new Dense(1, Activation.Linear)]);
        var inputs = new Matrix<double>(2, 1);
        var targets = new Matrix<double>(2, 1);
        Assert.Equal(
            "The code in row 1, column 0 is -1; codes count from 0.", Message(() => Of([new[] { 0, 4 }, [-1, 0]])));
        Assert.Equal(
            "Row 1 has the code 3 in column 0, whose table has 3 categories.",
            Message(() => Of([[2, 4], [3, 0]]).ThrowUnlessFits(network)));
        Assert.Equal(
            "The rows have 1 code, but the network takes 2 codes.", Message(() => Of([[2], [1]]).ThrowUnlessFits(network)));
        Assert.Equal(NoCodes, Message(() => new Examples<double>(inputs, targets).ThrowUnlessFits(network)));
        Assert.Equal(
            "The rows have 2 codes, but the network takes 0 codes.",
            Message(() => Of([[2, 4], [2, 0]]).ThrowUnlessFits(new Network(1, [new Dense(1, Activation.Linear)]))));
        Assert.Equal("There are 2 rows of inputs, but 1 of codes.", Message(() => Of([[2, 4]])));
        Of([[2, 4], [2, 0]]).ThrowUnlessFits(network);

        var predictor = new Predictor<double>(new Parameters<double>(network));
        Assert.Equal(NoCodes, Message(() => predictor.Predict(inputs)));
        Assert.Equal(NoCodes, Message(() => predictor.Predict([0], new double[1])));
        Assert.Equal(NoCodes, Message(() => predictor.Run(1, (_, _) => { }, (_, _) => { })));
        Assert.Equal(
            "Row 0 has the code 5 in column 1, whose table has 5 categories.",
            Message(() => predictor.Predict([0], [0, 5], new double[1])));
        Assert.Equal(
            "Row 1 has the code -1 in column 0, whose table has 3 categories.",
            Message(() => predictor.Run(2, (row, _, codes) => codes[0] = -row, (_, _) => { })));
        Assert.Equal(
            "There are 2 rows of inputs, but 3 of codes.", Message(() => predictor.Predict(inputs, new CodeMatrix(3, 2))));

        Examples<double> Of(int[][] codes) => new(inputs, targets, codes: Matrix(codes));

        static CodeMatrix Matrix(int[][] codes)
        {
            var matrix = new CodeMatrix(codes.Length, codes[0].Length);
            for (int row = 0; row < codes.Length; row++)
                codes[row].CopyTo(matrix[row]);
            return matrix;
        }

        static string Message(Action make) => Assert.Throws<ArgumentException>(make).Message;
    }

    [Fact]
    public void Rows_that_are_taken_bring_their_codes()
    {
        var network = new Network(0, [new Embed(new EmbedTable(9, 1)), new Dense(2, Activation.Linear), new Softmax()]);
        var codes = CodeMatrix.From(new[,] { { 1 }, { 8 }, { 3 }, { 5 } });
        var all = new Examples<double>(new Matrix<double>(4, 0), [0, 1, 0, 1], codes: codes);
        Examples<double> part = all.Take([3, 1, 0]).Take([2, 0, 0]);
        var workspace = new Workspace<double>(network, 5);
        workspace.Load(part);
        Assert.Equal(1, part.Codes);
        Assert.Equal([1, 5, 5], Enumerable.Range(0, 3).Select(row => workspace.Codes[row, 0]));
        Assert.Equal(1, part.CodesOf(0)[0]);
    }

    static void CheckValues<T>(int numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new Network(numbers, [new Embed(s_tables), new Dense(2, Activation.Tanh)]);
        Parameters<T> parameters = Sample.Parameters<T>(network, 1);
        var workspace = new Workspace<T>(network, Rows);
        Examples<T> examples = Examples<T>(network);
        workspace.Load(examples);
        new ValueFlow<T>(network).Run(parameters, workspace);
        Assert.Equal(numbers + 23, workspace.X[0].Columns);
        for (int row = 0; row < Rows; row++)
        {
            List<T> expected = [.. examples.InputsOf(row)];
            for (int t = 0; t < s_tables.Length; t++)
                expected.AddRange(parameters.Tensors[t][examples.CodesOf(row)[t]]);
            Assert.Equal(expected, workspace.X[0][row].ToArray());
        }
    }

    static void CheckGradient<T>(int numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new Network(numbers, [new Embed(s_tables), new Dense(2, Activation.Tanh)]);
        Parameters<T> parameters = Sample.Parameters<T>(network, 1);
        var gradient = new Parameters<T>(network);
        gradient.Tensors[2][0].Fill(T.One); // What was there is gone.
        var workspace = new Workspace<T>(network, Rows);
        Examples<T> examples = Examples<T>(network);
        workspace.Load(examples);
        new ValueFlow<T>(network).Run(parameters, workspace);
        new ErrorFlow<T>(network, Loss.Squared).Run(parameters, workspace, gradient);
        int place = numbers;
        for (int t = 0; t < s_tables.Length; t++)
        {
            var expected = new T[s_tables[t].Categories, s_tables[t].Width];
            for (int row = 0; row < Rows; row++)
            {
                for (int i = 0; i < s_tables[t].Width; i++)
                    expected[examples.CodesOf(row)[t], i] += workspace.Delta[0][row, place + i];
            }

            Assert.Equal(expected, new ReadOnlyMatrix<T>(gradient.Tensors[t]).ToArray());
            place += s_tables[t].Width;
        }
    }

    static Examples<T> Examples<T>(Network network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
            Sample.Matrix<T>(Rows, network.Inputs, 2), Sample.Matrix<T>(Rows, 2, 3), Sample.Weights(Rows, 4),
            Sample.Codes(network, Rows, 5));
}
