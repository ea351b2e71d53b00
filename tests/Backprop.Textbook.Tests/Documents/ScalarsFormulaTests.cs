using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// "scalars", section 1: the engine's numbers are the printed formulas' for one, two and n layers of
/// one neuron.
/// </summary>
public sealed class ScalarsFormulaTests
{
    const double Eta = 0.3;

    readonly ScalarsCase _one = ScalarsCase.Chain(1);
    readonly ScalarsCase _two = ScalarsCase.Chain(2);
    readonly ScalarsCase _four = ScalarsCase.Chain(4);

    [Fact]
    [Trait("Formula", "scalars 1.1-1")]
    public void The_output_is_f_of_wx_minus_b() => HoldsValueFlow(_one, 1);

    [Fact]
    [Trait("Formula", "scalars 1.1-2")]
    public void The_outputs_slope_is_that_of_f_times_that_of_wx()
    {
        ScalarsCase unit = _one.WithUnitErrors();
        double w = unit.Weight(1);
        Close.Holds(
            Close.Sum(unit.Rows, r => ComplexStep.Derivative(unit.F[0][0], unit.U(1, r)) * ((w + 1) * unit.X(r) - w * unit.X(r))),
            unit.EngineW(1), "Σ do/dw");
    }

    [Fact]
    [Trait("Formula", "scalars 1.1-3")]
    public void The_outputs_slope_is_that_of_f_times_x()
    {
        ScalarsCase unit = _one.WithUnitErrors();
        Close.Holds(Close.Sum(unit.Rows, r => unit.Slope(1, r) * unit.X(r)), unit.EngineW(1), "Σ do/dw");
    }

    [Fact]
    [Trait("Formula", "scalars 1.1-4")]
    public void The_error_is_the_square_of_the_difference() => HoldsErrors(_one);

    [Fact]
    [Trait("Formula", "scalars 1.1-5")]
    public void The_weights_derivative_is_twice_the_difference_times_the_outputs_slope() => Close.Holds(
        Close.Sum(_one.Rows, r => 2 * (_one.O(1, r) - _one.T(r)) * _one.PartialW(1, r)), _one.EngineW(1), "de/dw");

    [Fact]
    [Trait("Formula", "scalars 1.1-6")]
    public void The_weights_derivative_is_twice_the_difference_times_slope_times_x()
    {
        Close.Holds(
            Close.Sum(_one.Rows, r => 2 * (_one.O(1, r) - _one.T(r)) * _one.Slope(1, r) * _one.X(r)), _one.EngineW(1), "de/dw");
        Close.Holds(
            Close.Sum(
                _one.Rows,
                r => ScalarChain.SingleLayerGradient(_one.Weight(1), _one.B[0][0], _one.F[0][0], _one.X(r), _one.T(r))),
            _one.EngineW(1), "de/dw of the textbook");
    }

    [Fact]
    [Trait("Formula", "scalars 1.1-7")]
    public void The_step_is_minus_eta_times_the_derivative() => HoldsStep(
        _one, 1, -Eta * _one.DifferenceW(1), Differences.Tolerance);

    [Fact]
    [Trait("Formula", "scalars 1.1-8")]
    public void The_step_is_minus_two_eta_times_the_difference_times_slope_times_x() => HoldsStep(
        _one, 1, Close.Sum(_one.Rows, r => -2 * Eta * (_one.O(1, r) - _one.T(r)) * _one.Slope(1, r) * _one.X(r)));

    [Fact]
    [Trait("Formula", "scalars 1.2-1")]
    public void The_second_output_is_f2_of_the_first() => HoldsValueFlow(_two, 2);

    [Fact]
    [Trait("Formula", "scalars 1.2-2")]
    public void The_first_output_is_f1_of_x() => HoldsValueFlow(_two, 1);

    [Fact]
    [Trait("Formula", "scalars 1.2-3")]
    public void The_error_is_that_of_the_second_output() => HoldsErrors(_two);

    [Fact]
    [Trait("Formula", "scalars 1.2-4")]
    public void The_first_weights_derivative_is_a_chain_of_three() => Close.Holds(
        Close.Sum(_two.Rows, r => _two.PartialE(r) * _two.PartialO(2, r) * _two.PartialW(1, r)), _two.EngineW(1), "∂e/∂w(1)");

    [Fact]
    [Trait("Formula", "scalars 1.2-5")]
    public void The_first_weights_derivative_is_the_printed_product()
    {
        Close.Holds(Close.Sum(_two.Rows, FirstOfTwo), _two.EngineW(1), "∂e/∂w(1)");
        Close.Holds(
            Close.Sum(
                _two.Rows,
                r => ScalarChain.DoubleLayerGradient(
                    _two.Weight(1), _two.B[0][0], _two.F[0][0], _two.Weight(2), _two.B[1][0], _two.F[1][0], _two.X(r),
                    _two.T(r))),
            _two.EngineW(1), "∂e/∂w(1) of the textbook");
    }

    [Fact]
    [Trait("Formula", "scalars 1.2-6")]
    public void The_first_weights_step_is_minus_eta_times_its_derivative() =>
        HoldsStep(_two, 1, -Eta * _two.DifferenceW(1), Differences.Tolerance);

    [Fact]
    [Trait("Formula", "scalars 1.2-7")]
    public void The_first_weights_step_is_the_printed_product() =>
        HoldsStep(_two, 1, Close.Sum(_two.Rows, r => -Eta * FirstOfTwo(r)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Formula", "scalars 1.3-1")]
    public void Every_output_is_f_of_the_one_before(int i) => HoldsValueFlow(_four, i);

    [Fact]
    [Trait("Formula", "scalars 1.3-2")]
    public void The_error_is_that_of_the_last_output() => HoldsErrors(_four);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Formula", "scalars 1.3-3")]
    public void A_weights_derivative_is_a_chain_from_the_last_layer_to_its_own(int i) => Close.Holds(
        Close.Sum(
            _four.Rows,
            r =>
            {
                double chain = _four.PartialE(r);
                for (int k = 4; k > i; k--)
                    chain *= _four.PartialO(k, r);
                return chain * _four.PartialW(i, r);
            }),
        _four.EngineW(i), $"∂e/∂w({i})");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Formula", "scalars 1.3-4")]
    public void A_weights_derivative_is_the_printed_product(int i)
    {
        Close.Holds(Close.Sum(_four.Rows, r => Product(i, r) * _four.O(i - 1, r)), _four.EngineW(i), $"∂e/∂w({i})");
        ScalarChain chain = _four.Scalars();
        Close.Holds(
            Close.Sum(_four.Rows, r => chain.WeightGradient(i, _four.X(r), _four.T(r))), _four.EngineW(i),
            $"∂e/∂w({i}) of the textbook");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Formula", "scalars 1.3-5")]
    public void A_weights_step_is_minus_eta_times_its_derivative(int i) =>
        HoldsStep(_four, i, -Eta * _four.DifferenceW(i), Differences.Tolerance);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Formula", "scalars 1.3-6")]
    public void A_weights_step_is_the_printed_product(int i) =>
        HoldsStep(_four, i, Close.Sum(_four.Rows, r => -Eta * Product(i, r) * _four.O(i - 1, r)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Formula", "scalars b")]
    public void A_biass_derivative_is_minus_the_product_without_the_last_output(int i)
    {
        Close.Holds(Close.Sum(_four.Rows, r => -Product(i, r)), _four.EngineB(i), $"∂e/∂b({i})");
        ScalarChain chain = _four.Scalars();
        Close.Holds(
            Close.Sum(_four.Rows, r => chain.BiasGradient(i, _four.X(r), _four.T(r))), _four.EngineB(i),
            $"∂e/∂b({i}) of the textbook");

        // The engine's own b is −b, so that its step goes the other way and the document's b moves by −η ∂e/∂b.
        double before = -_four.B[i - 1][0];
        double moved = -(_four.Engine.AfterUpdate(Eta).Biases[i - 1]![0, 0] - before);
        Close.Holds(Close.Sum(_four.Rows, r => Eta * Product(i, r)), moved, $"Δb({i})");
    }

    [Fact]
    public void A_hundred_steps_of_the_chain_and_of_the_engine_lead_to_the_same_numbers()
    {
        ScalarChain chain = _four.Scalars();
        double start = chain.Error(
            Numbers.RowOf(Algebra.Transpose(_four.AllX), 0), Numbers.RowOf(Algebra.Transpose(_four.AllT), 0));
        double end = chain.Train(
            Numbers.RowOf(Algebra.Transpose(_four.AllX), 0), Numbers.RowOf(Algebra.Transpose(_four.AllT), 0), 0.05, 100);
        var trained = _four.Engine.AfterTraining(0.05, 100);
        for (int i = 0; i < 4; i++)
        {
            Close.Within(trained.Weights[i][0, 0], chain.W[i], 1e-10, $"w({i + 1})");
            Close.Within(-trained.Biases[i]![0, 0], chain.B[i], 1e-10, $"b({i + 1})");
        }

        Assert.True(end < start / 2, $"e went from {start} to {end} only");
    }

    double FirstOfTwo(int r) =>
        2 * (_two.O(2, r) - _two.T(r)) * _two.Slope(2, r) * _two.Weight(2) * _two.Slope(1, r) * _two.X(r);

    /// <summary>2(o⁽ⁿ⁾ − t)·Π [fₖ′w⁽ᵏ⁾]·fᵢ′ of the four layers.</summary>
    double Product(int i, int r)
    {
        double product = 2 * (_four.O(4, r) - _four.T(r));
        for (int k = i + 1; k <= 4; k++)
            product *= _four.Slope(k, r) * _four.Weight(k);

        return product * _four.Slope(i, r);
    }

    static void HoldsValueFlow(ScalarsCase chain, int i)
    {
        for (int r = 0; r < chain.Rows; r++)
        {
            double wo = chain.Weight(i) * (i == 1 ? chain.X(r) : chain.O(i - 1, r));
            double b = chain.B[i - 1][0];
            Close.Holds((wo - b, Math.Abs(wo) + Math.Abs(b)), chain.U(i, r), $"w({i})o({i - 1}) − b({i})");
            Close.Holds(chain.F[i - 1][0].Value(wo - b), chain.O(i, r), $"o({i})", Math.Abs(wo) + Math.Abs(b));
        }
    }

    static void HoldsErrors(ScalarsCase chain)
    {
        for (int r = 0; r < chain.Rows; r++)
        {
            double difference = chain.T(r) - chain.O(chain.N, r);
            Close.Holds(difference * difference, chain.Engine.Flow.RowLosses[r], "e");
        }
    }

    static void HoldsStep(ScalarsCase chain, int i, (double Value, double Terms) expected)
    {
        Close.Holds(expected, chain.UpdateOf(i, 0, 0, Eta), "Δw by the updater");
        Close.Holds(expected, chain.TrainingOf(i, 0, 0, Eta), "Δw by the trainer");
    }

    static void HoldsStep(ScalarsCase chain, int i, double expected, double bound)
    {
        Close.Within(expected, chain.UpdateOf(i, 0, 0, Eta), bound, "Δw by the updater");
        Close.Within(expected, chain.TrainingOf(i, 0, 0, Eta), bound, "Δw by the trainer");
    }
}
