using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Where "scalars", section 2.2, as printed gives another number than the derivative, and how it is mended: layers
/// 2 → 4 → 3 → 5, a function for every neuron, one row.
/// </summary>
public sealed class ScalarsSumMisprintTests
{
    const double Eta = 0.3;

    readonly ScalarsCase _case = ScalarsCase.Layered([2, 4, 3, 5], ScalarsCase.Wide().F, rows: 1);

    [Fact]
    [Trait("Formula", "scalars 2.2-3")]
    [Trait("Formula", "scalars 2.2-4")]
    [Trait("Formula", "scalars 2.2-5")]
    [Trait("Formula", "scalars 2.2-6")]
    public void Of_the_last_layer_there_is_no_sum_over_the_outputs()
    {
        Differs(3, (j, k) => Range(3).Sum(Error) * Slope(3, j) * O(2, k), 0.5, "∂e/∂w(3) summed over all outputs");
        Holds(3, (j, k) => Error(j) * Slope(3, j) * O(2, k));
    }

    [Fact]
    [Trait("Formula", "scalars 2.2-3")]
    [Trait("Formula", "scalars 2.2-4")]
    [Trait("Formula", "scalars 2.2-5")]
    public void Of_the_last_layer_but_one_there_is_no_sum_over_its_own_neurons()
    {
        // As printed, the sum over k₂ runs over all that the outputs are given, though w⁽²⁾ⱼₖ reaches neuron j alone.
        Differs(
            2, (j, k) => Range(3).Sum(k3 => Error(k3) * Range(2).Sum(k2 => Slope(3, k3) * W(3, k3, k2))) * Slope(2, j) * O(1, k),
            0.3,
            "∂e/∂w(2) summed over k2");
        Holds(2, (j, k) => Range(3).Sum(k3 => Error(k3) * Slope(3, k3) * W(3, k3, j)) * Slope(2, j) * O(1, k));
    }

    [Fact]
    [Trait("Formula", "scalars 2.2-3")]
    [Trait("Formula", "scalars 2.2-6")]
    [Trait("Formula", "scalars 2.2-8")]
    public void The_innermost_sum_ends_one_layer_above_the_weights_own()
    {
        Differs(
            1,
            (j, k) => Range(3).Sum(k3 => Error(k3) * Range(2).Sum(
                k2 => Link(3, k3, k2) * Range(1).Sum(k1 => Link(2, k2, k1)))) * Slope(1, j) * O(0, k),
            0.3, "∂e/∂w(1) summed over k1");
        Holds(
            1,
            (j, k) => Range(3).Sum(k3 => Error(k3) * Range(2).Sum(k2 => Link(3, k3, k2) * Link(2, k2, j)))
                * Slope(1, j) * O(0, k));
    }

    [Fact]
    [Trait("Formula", "scalars 2.2-6")]
    [Trait("Formula", "scalars 2.2-8")]
    public void A_product_of_brackets_leaves_k_free_and_no_choice_of_it_makes_the_nested_sum()
    {
        // Bracket m = 2 is Σ over k₁ of f′w of k₂, but the sum over k₂ ends with bracket m = 3: k₂ is bound by nothing there.
        for (int free = 0; free < 3; free++)
        {
            int k2 = free;
            Differs(
                1, (j, k) => Range(3).Sum(k3 => Error(k3) * Bracket(3, k3)) * Bracket(2, k2) * Slope(1, j) * O(0, k), 0.3,
                $"∂e/∂w(1) with k2 = {free}");

            // Nor does it where only the sum over k₁ is mended.
            Differs(
                1, (j, k) => Range(3).Sum(k3 => Error(k3) * Bracket(3, k3)) * Link(2, k2, j) * Slope(1, j) * O(0, k), 0.1,
                $"∂e/∂w(1) with k2 = {free} and k1 = j");
        }

        Differs(
            1,
            (j, k) => Range(3).Sum(k3 => Error(k3) * Bracket(3, k3)) * Range(2).Sum(k2 => Link(2, k2, j)) * Slope(1, j) * O(0, k),
            0.3,
            "∂e/∂w(1) with every bracket summed by itself");
        Holds(
            1,
            (j, k) => Range(3).Sum(k3 => Error(k3) * Range(2).Sum(k2 => Link(3, k3, k2) * Link(2, k2, j)))
                * Slope(1, j) * O(0, k));

        double Bracket(int m, int km) => Range(m - 1).Sum(below => Link(m, km, below));
    }

    [Fact]
    [Trait("Formula", "scalars 2.2-4")]
    [Trait("Formula", "scalars 2.2-5")]
    [Trait("Formula", "scalars 2.2-6")]
    [Trait("Formula", "scalars 2.2-8")]
    public void The_last_slope_is_that_of_the_neurons_own_function()
    {
        Differs(
            3, (j, k) => Error(j) * _case.F[2][0].Derivative(_case.U(3, 0, j)) * O(2, k), 0.1,
            "∂e/∂w(3) with one f′ for the layer");
        Differs(3, (j, k) => Error(j) * Slope(3, 0) * O(2, k), 0.1, "∂e/∂w(3) with the slope of one neuron");
        Holds(3, (j, k) => Error(j) * Slope(3, j) * O(2, k));
    }

    [Fact]
    [Trait("Formula", "scalars 1.3-4")]
    [Trait("Formula", "scalars 2.2-1")]
    [Trait("Formula", "scalars 2.2-5")]
    public void K_counts_layers_in_products_and_neurons_of_the_layer_before_in_w_and_o_and_neurons_of_a_path_with_an_index()
    {
        // 1.3's product with 2.2's k, the neuron that a weight leads from: in a chain always the first, and then every factor is
        // that of the first layer.
        ScalarsCase chain = ScalarsCase.Chain(4);
        double right = chain.DifferenceW(1);
        Close.Within(right, Product([2, 3, 4]), Differences.Tolerance, "∂e/∂w(1)");
        Close.Differs(right, Product([1, 1, 1]), 0.5, "∂e/∂w(1) with k = 1 in the product");

        // 2.2's oₖ with 1.3's k, a layer: the same neuron for every weight of a row, whichever layer's number it is.
        for (int layer = 1; layer <= 3; layer++)
        {
            int k1 = layer - 1;
            Differs(3, (j, k) => Error(j) * Slope(3, j) * O(2, k1), 0.2, $"∂e/∂w(3) with o of neuron {layer}");
        }

        // 2.2's oₖ with k as the next of the path's kₙ, kₙ₋₁ …: summed like these.
        Differs(
            2, (j, k) => Range(3).Sum(k3 => Error(k3) * Link(3, k3, j)) * Slope(2, j) * Range(1).Sum(k1 => O(1, k1)), 0.3,
            "∂e/∂w(2) with o summed over k");
        Holds(3, (j, k) => Error(j) * Slope(3, j) * O(2, k));
        Holds(2, (j, k) => Range(3).Sum(k3 => Error(k3) * Link(3, k3, j)) * Slope(2, j) * O(1, k));

        double Product(int[] layers) => Enumerable.Range(0, chain.Rows).Sum(
            r => 2 * (chain.O(4, r) - chain.T(r)) * chain.Slope(1, r) * chain.X(r)
                * layers.Aggregate(1.0, (product, l) => product * chain.Slope(l, r) * chain.Weight(l)));
    }

    [Fact]
    [Trait("Formula", "scalars 2.2-7")]
    public void A_step_without_indices_is_one_number_for_a_whole_matrix()
    {
        double[,] right = Algebra.Scale(-Eta, _case.DifferencesW(2));
        double[,] engine = Algebra.Difference(
            Algebra.Transpose(EngineCase.Plain(_case.Engine.AfterUpdate(Eta).Weights[1])), _case.W[1]);
        Close.Holds(right, engine, "Δw(2)", Differences.Tolerance, 1);
        for (int j = 0; j < _case.Width(2); j++)
        {
            for (int k = 0; k < _case.Width(1); k++)
                Close.Differs(engine, Algebra.Map(_ => right[j, k], engine), 0.3, $"Δw(2) with j = {j}, k = {k} for all");
        }
    }

    [Fact]
    [Trait("Formula", "scalars 2.2-7")]
    [Trait("Formula", "scalars 2.2-8")]
    public void All_steps_are_taken_from_the_old_weights()
    {
        double[,] x = _case.AllX;
        double[,] t = _case.AllT;
        double[][,] w = [.. _case.W];
        for (int i = 3; i >= 1; i--)
        {
            double[,] step = new PathSums(w, _case.B, _case.F).WeightGradient(i, _case.RowX(0), _case.RowT(0));
            w[i - 1] = Algebra.Difference(w[i - 1], Algebra.Scale(Eta, step));
        }

        PathSums atOnce = _case.Paths();
        atOnce.Step(x, t, Eta);
        double[,] engine = Algebra.Transpose(EngineCase.Plain(_case.Engine.AfterUpdate(Eta).Weights[0]));
        Close.Holds(engine, atOnce.W[0], "w(1)");
        Close.Differs(
            Algebra.Difference(engine, _case.W[0]), Algebra.Difference(w[0], _case.W[0]), 0.05, "Δw(1) after the others'");
    }

    void Differs(int i, Func<int, int, double> printed, double visibly, string what) => Close.Differs(
        _case.DifferencesW(i), ScalarsCase.Of(_case.Width(i), _case.Width(i - 1), printed), visibly, what);

    void Holds(int i, Func<int, int, double> mended)
    {
        double[,] values = ScalarsCase.Of(_case.Width(i), _case.Width(i - 1), mended);
        Close.Holds(_case.DifferencesW(i), values, $"∂e/∂w({i})", Differences.Tolerance, 1);
        Close.Holds(_case.EngineMatrix(i), values, $"∂e/∂w({i}) of the engine");
    }

    IEnumerable<int> Range(int layer) => Enumerable.Range(0, _case.Width(layer));

    /// <summary>2(o − t) of an output.</summary>
    double Error(int j) => 2 * (_case.O(3, 0, j) - _case.T(0, j));

    double Link(int m, int to, int from) => Slope(m, to) * W(m, to, from);

    double Slope(int i, int j) => _case.Slope(i, 0, j);

    double W(int i, int j, int k) => _case.Weight(i, j, k);

    double O(int i, int j) => _case.O(i, 0, j);
}
