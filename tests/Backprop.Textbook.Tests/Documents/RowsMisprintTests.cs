using Backprop.Engine;
using Xunit;
using static Backprop.Textbook.Algebra;

namespace Backprop.Textbook.Tests;

/// <summary>Where "rows" as printed has no meaning or gives another number than the derivative, and how it is mended.</summary>
public sealed class RowsMisprintTests
{
    // Layers 3 → 4 → 5 → 2, where a wrong product shows by its shapes, and 3 → 3 → 3 → 3, where it shows by its numbers.
    static readonly RowsCase s_oblong = new([3, 4, 5, 2], [Function.Logistic, Function.Tanh, Function.Softplus]);
    static readonly RowsCase s_square = new([3, 3, 3, 3], [Function.Logistic, Function.Tanh, Function.Softplus]);

    [Fact]
    [Trait("Formula", "rows 8")]
    public void In_8_the_slopes_belong_to_the_errors_before_the_product()
    {
        RowsCase c = s_oblong;
        Assert.Throws<ArgumentException>(() => Hadamard(c.da(4), Product(c.Slope(4), Transpose(c.w(3)))));
        CheckErrorsOfValues(c, Product(Hadamard(c.da(4), c.Slope(4)), Transpose(c.w(3))));

        c = s_square;
        double[,] printed = Hadamard(c.da(4), Product(c.Slope(4), Transpose(c.w(3))));
        Close.Differs(c.ByValues(3), printed, 0.5, "∂C/∂a3 with the product first");
        CheckErrorsOfValues(c, Product(Hadamard(c.da(4), c.Slope(4)), Transpose(c.w(3))));

        static void CheckErrorsOfValues(RowsCase c, double[,] mended) =>
            Close.Holds(c.ByValues(3), mended, "∂C/∂a3", Differences.Tolerance, 1);
    }

    [Fact]
    [Trait("Formula", "rows 9")]
    public void In_9_the_slopes_belong_to_the_errors_before_the_product_unless_they_are_spread_over_the_rows()
    {
        RowsCase c = s_oblong;
        double[,] product = Product(Transpose(c.a(3)), c.da(4));
        Assert.Throws<ArgumentException>(() => Hadamard(product, c.Slope(4)));
        Close.Holds(
            c.ByWeights(3), Product(Transpose(c.a(3)), Hadamard(c.da(4), c.Slope(4))), "∂C/∂w3", Differences.Tolerance, 1);

        // A ⊙ that spreads a row over all rows reads 9 from left to right, of one row of input.
        Close.Holds(c.ByWeights(3), Hadamard(product, Spread(c.Slope(4), 5)), "∂C/∂w3, spread", Differences.Tolerance, 1);
    }

    [Fact]
    [Trait("Formula", "rows 12")]
    public void In_12_the_product_comes_before_the_slopes()
    {
        RowsCase c = s_oblong;
        Assert.Throws<ArgumentException>(() => Product(c.δ(4), Hadamard(Transpose(c.w(3)), c.Slope(3))));
        Close.Holds(c.ByTotalInputs(3), Hadamard(Product(c.δ(4), Transpose(c.w(3))), c.Slope(3)), "δ3", Differences.Tolerance, 1);
    }

    [Theory]
    [InlineData("⊙ first", true, true, false)]
    [InlineData("product first", false, false, true)]
    [InlineData("left to right", true, false, true)]
    [InlineData("right to left", false, true, false)]
    [Trait("Formula", "rows 8")]
    [Trait("Formula", "rows 9")]
    [Trait("Formula", "rows 12")]
    public void No_one_precedence_of_the_two_products_reads_8_9_and_12(string precedence, bool reads8, bool reads9, bool reads12)
    {
        RowsCase c = s_oblong;
        (double[,] g, double[,] s) = (c.da(4), c.Slope(4));
        bool starFirst = precedence is "⊙ first";
        bool dotFirst = precedence is "product first";
        bool left = precedence is "left to right";

        // 8: g ⊙ s · w′. 9: a′ · g ⊙ s. 12: δ · w′ ⊙ s.
        bool eight = IsRight(
            () => starFirst || left
                ? Product(Hadamard(g, s), Transpose(c.w(3)))
                : Hadamard(g, Product(s, Transpose(c.w(3)))),
            c.ByValues(3));
        bool nine = IsRight(
            () => dotFirst || left ? Hadamard(Product(Transpose(c.a(3)), g), s) : Product(Transpose(c.a(3)), Hadamard(g, s)),
            c.ByWeights(3));
        bool twelve = IsRight(
            () => dotFirst || left
                ? Hadamard(Product(c.δ(4), Transpose(c.w(3))), c.Slope(3))
                : Product(c.δ(4), Hadamard(Transpose(c.w(3)), c.Slope(3))),
            c.ByTotalInputs(3));
        Assert.Equal((reads8, reads9, reads12), (eight, nine, twelve));
        Assert.False(eight && nine && twelve);

        static bool IsRight(Func<double[,]> form, double[,] derivative)
        {
            try
            {
                return Close.Largest(Difference(form(), derivative)) <= Differences.Tolerance;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }

    [Fact]
    [Trait("Formula", "rows 8")]
    [Trait("Formula", "rows 9")]
    public void The_same_prime_is_a_derivative_on_sigma_and_a_transpose_on_values_and_weights()
    {
        RowsCase c = s_oblong;
        double[,] sigmaTransposed = Transpose(c.a(4));
        Assert.Throws<ArgumentException>(() => Hadamard(c.da(4), sigmaTransposed));
        double[,] valuesDifferentiated = c.Slope(3);
        Assert.Throws<ArgumentException>(() => Product(valuesDifferentiated, c.δ(4)));
        Assert.Throws<ArgumentException>(() => Product(c.δ(4), c.w(3)));

        // Between layers of one width, weights that are not transposed multiply, and give another number.
        Close.Differs(s_square.ByValues(3), Product(s_square.δ(4), s_square.w(3)), 0.2, "∂C/∂a3 with w for w′");
    }

    [Fact]
    [Trait("Formula", "rows 9")]
    public void In_the_order_of_9s_chain_the_values_would_come_last_and_do_not_multiply()
    {
        RowsCase c = s_oblong;
        double[,] errors = Hadamard(c.da(4), c.Slope(4));
        Assert.Throws<ArgumentException>(() => Product(errors, Transpose(c.a(3))));
        Assert.Throws<ArgumentException>(() => Product(errors, c.a(3)));

        // Between layers of one width it is a number where a matrix [layer 3, layer 4] is wanted.
        Assert.Single(Product(Hadamard(s_square.da(4), s_square.Slope(4)), Transpose(s_square.a(3))).Cast<double>());
        Close.Holds(c.ByWeights(3), Product(Transpose(c.a(3)), errors), "∂C/∂w3", Differences.Tolerance, 1);
    }

    [Fact]
    [Trait("Formula", "rows 8")]
    [Trait("Formula", "rows 9")]
    [Trait("Formula", "rows 10")]
    public void The_chains_factor_from_sigma_to_values_is_one_and_no_second_slope()
    {
        RowsCase c = s_oblong;
        double[,] twice = Hadamard(Hadamard(c.da(4), c.Slope(4)), c.Slope(4));
        Close.Differs(c.ByBiases(3), twice, 0.1, "∂C/∂b3 with a slope for ∂a/∂σ and one for ∂σ/∂z");
        Close.Holds(c.ByBiases(3), Hadamard(c.da(4), c.Slope(4)), "∂C/∂b3", Differences.Tolerance, 1);
    }

    [Fact]
    [Trait("Formula", "rows 3")]
    [Trait("Formula", "rows 11")]
    [Trait("Formula", "rows 12")]
    public void One_sigma_for_all_layers_is_not_enough_where_they_differ()
    {
        RowsCase c = s_oblong;
        double[,] lastLayersSigma = Map(Function.Softplus.Derivative, c.z(3));
        double[,] errors = Product(c.δ(4), Transpose(c.w(3)));
        Close.Differs(c.ByTotalInputs(3), Hadamard(errors, lastLayersSigma), 0.1, "δ3 with the last layer's σ");
        Close.Holds(c.ByTotalInputs(3), Hadamard(errors, c.Slope(3)), "δ3 with its own", Differences.Tolerance, 1);
    }

    [Fact]
    [Trait("Formula", "rows 1")]
    [Trait("Formula", "rows 2")]
    [Trait("Formula", "rows 3")]
    [Trait("Formula", "rows delta")]
    public void The_first_layer_has_no_total_inputs_and_so_no_delta()
    {
        RowsCase c = s_oblong;
        Assert.Empty(c.Values.z[1]);
        Assert.Empty(c.Network.Deltas(c.Values, c.y).δ[1]);

        // As if x were total inputs: not the derivative. The derivative by x has no slope of layer 1.
        double[,] errors = Product(c.δ(2), Transpose(c.w(1)));
        double[,] printed = Hadamard(errors, Map(Function.Logistic.Derivative, c.a(1)));
        Close.Differs(c.ByValues(1), printed, 0.5, "δ1");
        Close.Holds(c.ByValues(1), errors, "∂C/∂a1", Differences.Tolerance, 1);
    }

    [Fact]
    [Trait("Formula", "rows 5")]
    [Trait("Formula", "rows 7")]
    public void The_square_of_a_row_vector_is_no_number_but_the_sum_of_its_squares_is()
    {
        RowsCase c = s_oblong;
        double[,] off = Difference(c.y1, c.a(4));
        Assert.Throws<ArgumentException>(() => Product(off, off));
        double[,] squares = Scale(0.5, Hadamard(off, off));
        Assert.Equal(2, squares.Length);
        Assert.Equal(Total(squares), c.C(), 15);

        // 7 is the derivative of their sum; of one square alone every element but one would be 0.
        double[,] derivative = c.ByValues(4);
        Close.Holds(derivative, Difference(c.a(4), c.y1), "∂C/∂al", Differences.Tolerance, 1);
        Assert.All(derivative.Cast<double>(), each => Assert.True(Math.Abs(each) > 0.05));
    }

    [Fact]
    [Trait("Formula", "rows 6")]
    [Trait("Formula", "rows descent")]
    public void Derivatives_times_changes_and_squares_of_derivatives_are_sums_over_all_elements_of_all_layers()
    {
        RowsCase c = s_oblong;
        Assert.Throws<ArgumentException>(() => Product(c.dw(1), Scale(-1, c.dw(1))));
        Assert.Throws<ArgumentException>(() => Product(c.db(1), Scale(-1, c.db(1))));

        // Square weights do multiply, and a product's total is no sum of squares.
        double squares = RowsCase.SumOfSquares(s_square.dw(1));
        double product = Total(Product(s_square.dw(1), s_square.dw(1)));
        Assert.True(Math.Abs(product - squares) > 0.1 * squares, $"{product:R} against {squares:R}");

        double[] byLayer =
            [.. Enumerable.Range(1, 3).Select(i => RowsCase.SumOfSquares(c.dw(i)) + RowsCase.SumOfSquares(c.db(i)))];
        double along = c.Along();
        Close.Within(-byLayer.Sum(), along, Differences.Tolerance, "ΔC over all layers");
        Assert.All(byLayer, one => Assert.True(one < 0.99 * -along, $"one layer alone: {one:R} of {along:R}"));
    }

    [Fact]
    [Trait("Formula", "rows 6")]
    public void The_change_of_the_cost_is_the_sum_to_first_order_only()
    {
        RowsCase c = s_oblong;
        double first = -c.SumOfSquares();
        double FullStep(double η) => c.CostAfter(η) - c.C();
        Assert.True(Math.Abs(FullStep(1) - first) > 0.05 * Math.Abs(first), "a step of 1 shows the higher orders");

        // What is left over is of second order: a tenth of the step leaves about a hundredth.
        double Rest(double η) => (FullStep(η) - η * first) / (η * η);
        Assert.InRange(Rest(1e-3) / Rest(1e-2), 0.9, 1.1);
        Assert.True(Math.Abs(Rest(1e-3)) > 1e-3, "there is a second order");
    }

    [Fact]
    [Trait("Formula", "rows descent")]
    public void A_full_step_can_raise_the_cost_and_at_a_stationary_point_nothing_falls()
    {
        // One linear neuron, x = 3, w = 1, y = 0: C = ½(3w)², ∂C/∂w = 9, ∂C/∂b = 3, so Δw = −9, Δb = −3 and a = 3·(−8) − 3 = −27.
        double[,] one = { { 1 } };
        double[,] three = { { 3 } };
        var engine = new EngineCase([one], [[0]], [[Function.Linear]], three, new double[1, 1], Loss.HalfSquared);
        Assert.Equal(4.5, engine.Flow.BatchLoss);
        Assert.Equal((9, 3), (engine.dW(1)[0, 0], engine.db(1)[0, 0]));
        engine.Parameters.CopyFrom(engine.AfterUpdate(1));
        Assert.Equal(27 * 27 / 2.0, engine.BatchLoss());

        // A step changes the output 3 by −η(3² + 1)·3, so η = 0.1 is just right.
        engine.Parameters.CopyFrom(engine.AfterUpdate(0.1));
        Assert.True(engine.BatchLoss() < 1e-20, "a step of a tenth lowers the cost to 0");

        // Where the output is the target every derivative is 0, and so is the change, which is not negative.
        RowsCase c = s_oblong;
        double[] y = Numbers.RowOf(c.a(4), 0);
        RowVectors.DeltaForm deltas = c.Network.Deltas(c.Values, y);
        Assert.All(deltas.w.Concat(deltas.b), each => Assert.All(each.Cast<double>(), value => Assert.Equal(0, value)));
    }

    [Fact]
    [Trait("Formula", "rows 10")]
    [Trait("Formula", "rows 13")]
    [Trait("Formula", "rows 14")]
    public void Of_stacked_rows_13_sums_by_itself_but_10_and_14_need_a_sum()
    {
        EngineCase engine = EngineCase.Random(4, [3, 4, 2], [[Function.Tanh], [Function.Logistic]], 5, Loss.HalfSquared);
        for (int i = 1; i <= engine.n; i++)
        {
            Close.Holds(
                Differences.Gradient(engine.BatchLoss, engine.Parameters.Weights[i - 1]),
                Product(Transpose(engine.X(i - 1)), engine.dU(i)), $"∂C/∂w{i}", Differences.Tolerance, engine.Flow.BatchLoss);

            double[,] derivative = Differences.Gradient(engine.BatchLoss, engine.Parameters.Biases[i - 1]!);
            double[,] printed = engine.dU(i);
            Assert.False(Close.SameShape(derivative, printed));
            Assert.Throws<ArgumentException>(() => Sum(engine.b(i), printed));
            Close.Holds(derivative, Numbers.SumOfRows(printed), $"∂C/∂b{i}", Differences.Tolerance, engine.Flow.BatchLoss);
            for (int row = 0; row < engine.Rows; row++)
                Close.Differs(derivative, Numbers.Row(Numbers.RowOf(printed, row)), 0.2, $"row {row} alone");
        }
    }

    static double[,] Spread(double[,] row, int rows)
    {
        var spread = new double[rows, row.GetLength(1)];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < row.GetLength(1); j++)
                spread[i, j] = row[0, j];
        }

        return spread;
    }
}
