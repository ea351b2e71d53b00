using Backprop.Engine;
using Xunit;
using static Backprop.Textbook.Algebra;

namespace Backprop.Textbook.Tests;

/// <summary>Where "columns" as printed means nothing or gives another number than the derivative, and how it is mended.</summary>
public sealed class ColumnsMisprintTests
{
    const int N = 6;

    // D_I = 3, D_H = 5, D_O = 2, where a wrong product shows by its shapes; and all 3, where it shows by its numbers.
    static readonly ColumnsCase s_oblong = new([3, 5, 2], [Function.Logistic]);
    static readonly ColumnsCase s_square = new([3, 3, 3], [Function.Logistic]);
    static readonly ColumnsCase s_deep = new([3, 3, 3, 2], [Function.Logistic, Function.Tanh]);

    [Fact]
    [Trait("Formula", "columns 1")]
    [Trait("Formula", "columns 2")]
    [Trait("Formula", "columns 4")]
    [Trait("Formula", "columns 8")]
    public void Weights_of_the_printed_shapes_do_not_multiply_and_their_transposes_do()
    {
        ColumnsCase c = s_oblong;
        (double[,] printedWH, double[,] printedWO) = (Transpose(c.WH(1)), Transpose(c.WO));
        Assert.Equal((3, 5), (printedWH.GetLength(0), printedWH.GetLength(1)));
        Assert.Equal((5, 2), (printedWO.GetLength(0), printedWO.GetLength(1)));
        Assert.Throws<ArgumentException>(() => Product(printedWH, c.I));
        Assert.Throws<ArgumentException>(() => Product(printedWO, c.Ĥ(1)));
        Assert.Throws<ArgumentException>(() => Product(Transpose(printedWO), c.dO));

        // 9 and 12 give the shapes [D_O, D_H] and [D_H, D_I], not the printed ones.
        double[,] dWO = Product(c.dO, Transpose(c.Ĥ(1)));
        double[,] dWH = Product(c.dH(1), Transpose(c.I));
        Assert.Throws<ArgumentException>(() => Difference(printedWO, dWO));
        Assert.Throws<ArgumentException>(() => Difference(printedWH, dWH));
        Close.Holds(c.By(c.Network.WO), dWO, "∂L/∂W_O", Differences.Tolerance, c.L());
        Close.Holds(c.By(c.Network.WH[1]), dWH, "∂L/∂W_H", Differences.Tolerance, c.L());

        // Square ones do multiply, and W_H·I is not W_Hᵀ·I.
        (double[,] w, double[,] i) = (s_square.WH(1), s_square.I);
        Close.Differs(Product(w, i), Product(Transpose(w), i), 0.2, "W_H and its transpose");
    }

    [Fact]
    [Trait("Formula", "columns 2")]
    [Trait("Formula", "columns 4")]
    public void A_bias_is_a_column_that_is_added_to_every_column()
    {
        ColumnsCase c = s_oblong;
        double[,] product = Product(c.WH(1), c.I);
        Assert.Throws<ArgumentException>(() => Sum(product, c.Network.bH[1]));
        Assert.Throws<ArgumentException>(() => Sum(Product(c.WO, c.Ĥ(1)), c.Network.bO));
        Close.Holds(Sum(product, Product(c.Network.bH[1], Ones(1, N))), c.H(1), "H = W_H·I + b_H·1ᵀ");
        Close.Holds(Sum(Product(c.WO, c.Ĥ(1)), Product(c.Network.bO, Ones(1, N))), c.O, "O = W_O·Ĥ + b_O·1ᵀ");

        // The engine adds it to every row.
        Close.Holds(Transpose(c.Engine().U(1)), c.H(1), "H of the engine");
    }

    [Fact]
    [Trait("Formula", "columns 5")]
    public void The_square_of_a_matrix_is_no_number_but_the_sum_of_its_squares_is()
    {
        ColumnsCase c = s_oblong;
        double[,] off = Difference(c.O, c.Y);
        Assert.Throws<ArgumentException>(() => Product(off, off));
        double[,] squares = Scale(0.5, Hadamard(off, off));
        Assert.Equal(2 * N, squares.Length);
        Close.Holds(Total(squares), c.L(), "L");
        Close.Holds(Total(squares), c.Engine().Flow.BatchLoss, "L of the engine");
    }

    [Fact]
    [Trait("Formula", "columns 7")]
    public void The_outputs_errors_belong_to_the_sum_over_the_columns_and_those_of_the_mean_are_an_Nth()
    {
        ColumnsCase c = s_oblong;
        double[,] at = (double[,])c.O.Clone();
        double LossOf() => Total(Hadamard(Difference(at, c.Y), Difference(at, c.Y))) / 2;
        double[,] ofSum = Differences.Gradient(LossOf, at);
        double[,] ofMean = Differences.Gradient(() => LossOf() / N, at);
        Close.Holds(ofSum, Difference(c.O, c.Y), "∂L/∂O of the sum", Differences.Tolerance, c.L());
        Close.Differs(ofMean, Difference(c.O, c.Y), N - 1 - 1e-9, "O − Y for the mean");
        double[,] engine = Transpose(c.Engine(Reduction.Mean).dX(2));
        Close.Holds(Scale(1.0 / N, Difference(c.O, c.Y)), engine, "∂L/∂O of the engine's mean");
    }

    [Fact]
    [Trait("Formula", "columns 8")]
    public void The_weights_of_8_are_those_of_the_output_and_no_zeroth_ones()
    {
        ColumnsCase c = s_oblong;
        Assert.Throws<ArgumentException>(() => Product(Transpose(c.WH(1)), c.dO));
        Close.Holds(c.ByHiddenValues(), Product(Transpose(c.WO), c.dO), "∂L/∂Ĥ", Differences.Tolerance, c.L());

        c = s_square;
        Close.Differs(c.ByHiddenValues(), Product(Transpose(c.WH(1)), c.dO), 0.5, "∂L/∂Ĥ by the first weights");
        Close.Holds(c.ByHiddenValues(), Product(Transpose(c.WO), c.dO), "∂L/∂Ĥ", Differences.Tolerance, c.L());
    }

    [Fact]
    [Trait("Formula", "columns 10")]
    [Trait("Formula", "columns 13")]
    public void Errors_of_biases_are_sums_over_the_columns_and_as_printed_have_not_the_biases_shape()
    {
        ColumnsCase c = s_oblong;
        foreach ((double[,] bias, double[,] printed) in new[] { (c.Network.bO, c.dO), (c.Network.bH[1], c.dH(1)) })
        {
            double[,] derivative = c.By(bias);
            Assert.Throws<ArgumentException>(() => Difference(bias, printed));
            Close.Holds(derivative, Product(printed, Ones(N, 1)), "∂L/∂b", Differences.Tolerance, c.L());
            for (int column = 0; column < N; column++)
            {
                double[,] pick = new double[N, 1];
                pick[column, 0] = 1;
                Close.Differs(derivative, Product(printed, pick), 0.2, $"column {column} alone");
            }
        }
    }

    [Fact]
    [Trait("Formula", "columns 3")]
    [Trait("Formula", "columns 11")]
    public void Values_times_one_less_values_is_the_logistics_slope_and_no_other_functions()
    {
        foreach (Function f in new[] { Function.Logistic, Function.Tanh, Function.Softplus, Function.Sine })
        {
            var c = new ColumnsCase([3, 5, 2], [f]);
            double[,] derivative = c.ByHiddenTotalInputs();
            double[,] printed = Hadamard(Hadamard(c.dĤ(1), c.Ĥ(1)), Map(x => 1 - x, c.Ĥ(1)));
            double[,] mended = Hadamard(c.dĤ(1), Map(f.Derivative, c.H(1)));
            Close.Holds(derivative, mended, $"∂L/∂H of {f}", Differences.Tolerance, c.L());
            if (f == Function.Logistic)
                Close.Holds(derivative, printed, "∂L/∂H of logistic neurons", Differences.Tolerance, c.L());
            else
                Close.Differs(derivative, printed, 0.2, $"Ĥ ⊙ (1 − Ĥ) for {f}");
        }
    }

    [Fact]
    [Trait("Formula", "columns 8")]
    [Trait("Formula", "columns 12")]
    public void With_several_hidden_layers_each_takes_its_errors_from_the_next_and_its_values_from_the_one_before()
    {
        ColumnsCase c = s_deep;
        double[,] printed = Product(c.dH(2), Transpose(c.I));
        Close.Differs(c.By(c.Network.WH[2]), printed, 0.2, "∂L/∂W_H of the second hidden layer with I");
        Close.Holds(
            c.By(c.Network.WH[2]), Product(c.dH(2), Transpose(c.Ĥ(1))), "∂L/∂W_H of the second", Differences.Tolerance, c.L());

        // Nor do the output's errors reach the first hidden layer by W_O.
        double[,] direct = Hadamard(Product(Transpose(c.WO), c.dO), Map(Function.Logistic.Derivative, c.H(1)));
        Close.Differs(c.By(c.Network.WH[1]), Product(direct, Transpose(c.I)), 0.5, "∂L/∂W_H of the first by W_O");
        double[,] through = Hadamard(Product(Transpose(c.WH(2)), c.dH(2)), Map(Function.Logistic.Derivative, c.H(1)));
        Close.Holds(
            c.By(c.Network.WH[1]), Product(through, Transpose(c.I)), "∂L/∂W_H of the first", Differences.Tolerance, c.L());
    }

    [Fact]
    [Trait("Formula", "columns 12")]
    [Trait("Formula", "columns 13")]
    public void What_stands_under_input_layer_are_the_hidden_layers_parameters_and_the_inputs_own_error_is_another()
    {
        ColumnsCase c = s_oblong;
        Assert.True(Close.SameShape(c.WH(1), Product(c.dH(1), Transpose(c.I))));
        double[,] byInput = Product(Transpose(c.WH(1)), c.dH(1));
        Assert.False(Close.SameShape(c.WH(1), byInput));
        Close.Holds(c.By(c.I), byInput, "∂L/∂I", Differences.Tolerance, c.L());
        Close.Holds(Transpose(c.Engine().dX(0)), byInput, "∂L/∂I of the engine");
    }

    [Fact]
    [Trait("Formula", "columns 7")]
    [Trait("Formula", "columns 8")]
    public void What_stands_second_under_output_layer_is_the_hidden_values_error_in_their_shape_and_not_the_outputs()
    {
        ColumnsCase c = s_oblong;
        double[,] error = Product(Transpose(c.WO), c.dO);
        Assert.True(Close.SameShape(c.Ĥ(1), error));
        Assert.Throws<ArgumentException>(() => Difference(c.O, error));
        Assert.True(Close.SameShape(c.O, c.dO));
        Close.Holds(c.ByHiddenValues(), error, "∂L/∂Ĥ", Differences.Tolerance, c.L());
        Close.Holds(Transpose(c.Engine().dX(1)), error, "∂L/∂Ĥ of the engine");

        // Where the widths are equal it could be taken for the output layer's, and is another.
        c = s_square;
        Close.Differs(Transpose(c.Engine().dX(2)), Product(Transpose(c.WO), c.dO), 0.5, "8 as the output layer's error");
        Close.Holds(Transpose(c.Engine().dX(2)), c.dO, "∂L/∂O of the engine");
    }

    static double[,] Ones(int rows, int columns) => Map(_ => 1, new double[rows, columns]);

    /// <summary>A network of the document with its columns, and its derivatives by differences.</summary>
    sealed class ColumnsCase
    {
        readonly BatchColumns.Values _values;
        readonly BatchColumns.Gradients _gradients;
        readonly int[] _widths;

        public ColumnsCase(int[] widths, Function[] functions)
        {
            _widths = widths;
            int last = widths.Length - 1;
            Network = new BatchColumns(
                [.. functions.Select((_, k) => Numbers.Matrix(30 + k, widths[k + 1], widths[k]))],
                [.. functions.Select((_, k) => Numbers.Vector(40 + k, widths[k + 1]))],
                functions, Numbers.Matrix(50, widths[last], widths[last - 1]), Numbers.Vector(51, widths[last]));
            (I, Y) = (Numbers.Matrix(52, widths[0], N), Numbers.Matrix(53, widths[last], N));
            _values = Network.Forward(I);
            _gradients = Network.Backward(_values, Y);
        }

        public BatchColumns Network { get; }

        public double[,] I { get; }

        public double[,] Y { get; }

        public double[,] O => _values.O;

        public double[,] dO => _gradients.O;

        public double[,] WO => Network.WO;

        public double[,] WH(int h) => Network.WH[h];

        public double[,] H(int h) => _values.H[h];

        public double[,] Ĥ(int h) => _values.Ĥ[h];

        public double[,] dH(int h) => _gradients.H[h];

        public double[,] dĤ(int h) => _gradients.Ĥ[h];

        public double L() => Network.L(I, Y);

        /// <summary>∂L/∂(a matrix of the network or its input).</summary>
        public double[,] By(double[,] matrix) => Differences.Gradient(L, matrix);

        /// <summary>∂L/∂Ĥ of the last hidden layer.</summary>
        public double[,] ByHiddenValues()
        {
            double[,] at = (double[,])Ĥ(Network.m).Clone();
            return Differences.Gradient(() => From(at), at);
        }

        /// <summary>∂L/∂H of the last hidden layer.</summary>
        public double[,] ByHiddenTotalInputs()
        {
            double[,] at = (double[,])H(Network.m).Clone();
            return Differences.Gradient(() => From(Map(Network.f[Network.m].Value, at)), at);
        }

        /// <summary>The same network, inputs and targets in the engine.</summary>
        public EngineCase Engine(Reduction reduction = Reduction.Sum) => new(
            [.. Network.WH.Skip(1).Append(WO).Select(Transpose)],
            [.. Network.bH.Skip(1).Append(Network.bO).Select(each => Numbers.RowOf(Transpose(each), 0))],
            [.. Network.f.Skip(1).Append(Function.Linear).Select((f, k) => Enumerable.Repeat(f, _widths[k + 1]).ToArray())],
            Transpose(I), Transpose(Y), Loss.HalfSquared, reduction);

        double From(double[,] hidden)
        {
            double[,] off = Difference(Sum(Product(WO, hidden), Product(Network.bO, Ones(1, N))), Y);
            return Total(Hadamard(off, off)) / 2;
        }
    }
}
