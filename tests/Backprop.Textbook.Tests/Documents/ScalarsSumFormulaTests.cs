using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>"scalars", section 2.2: the engine's numbers are the mended sums', for layers 2 → 4 → 3 → 5 and four rows.</summary>
public sealed class ScalarsSumFormulaTests
{
    const double Eta = 0.3;
    const int N = 3;

    readonly ScalarsCase _case = ScalarsCase.Wide();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.2-1")]
    public void Every_neuron_sums_what_it_is_given_minus_its_bias(int i)
    {
        for (int r = 0; r < _case.Rows; r++)
        {
            double[] textbook = _case.Paths().Outputs(_case.RowX(r))[i];
            for (int j = 0; j < _case.Width(i); j++)
            {
                (double wo, double terms) = Close.Sum(_case.Width(i - 1), k => _case.Weight(i, j, k) * _case.O(i - 1, r, k));
                double b = _case.B[i - 1][j];
                Close.Holds((wo - b, terms + Math.Abs(b)), _case.U(i, r, j), $"Σwo − b of neuron {j}");
                Close.Holds(_case.F[i - 1][j].Value(wo - b), _case.O(i, r, j), $"o of neuron {j}", terms + Math.Abs(b));
                Close.Holds(textbook[j], _case.O(i, r, j), $"o of neuron {j} of the textbook", terms + Math.Abs(b));
            }
        }
    }

    [Fact]
    [Trait("Formula", "scalars 2.2-2")]
    public void The_error_is_the_sum_of_squares()
    {
        for (int r = 0; r < _case.Rows; r++)
        {
            Close.Holds(
                Close.Sum(_case.Width(N), j => (_case.T(r, j) - _case.O(N, r, j)) * (_case.T(r, j) - _case.O(N, r, j))),
                _case.Engine.Flow.RowLosses[r], "e");
            Close.Holds(
                _case.Engine.Flow.RowLosses[r], _case.Paths().Error(_case.RowX(r), _case.RowT(r)), "e of the textbook");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.2-3")]
    public void A_weights_derivative_is_a_chain_of_sums_down_to_the_layer_above_its_own(int i) => ForEveryWeight(
        i,
        (j, k) => Rows(r => Times(
            Nested(r, i, j, o => _case.PartialE(r, o), (m, to, from) => _case.PartialO(m, r, to, from)),
            _case.PartialW(i, r, j, k))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.2-4")]
    public void A_weights_derivative_is_the_nested_sum_of_slopes_and_weights(int i) => ForEveryWeight(
        i,
        (j, k) => Rows(r => Times(
            Nested(
                r, i, j, o => 2 * (_case.O(N, r, o) - _case.T(r, o)),
                (m, to, from) => _case.Slope(m, r, to) * _case.Weight(m, to, from)),
            _case.Slope(i, r, j) * _case.O(i - 1, r, k))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.2-5")]
    public void A_weights_derivative_is_the_sum_over_all_paths_to_the_outputs(int i) => ForEveryWeight(
        i, (j, k) => Rows(r => Times(AllPaths(i, j, r), _case.O(i - 1, r, k))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.2-6")]
    public void A_weights_derivative_is_the_product_of_brackets_each_within_the_sum_before(int i) => ForEveryWeight(
        i, (j, k) => Rows(r => Times(Brackets(i, j, r), 2 * _case.Slope(i, r, j) * _case.O(i - 1, r, k))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.2-7")]
    public void A_weights_step_is_minus_eta_times_its_own_derivative(int i)
    {
        var updated = _case.Engine.AfterUpdate(Eta);
        var trained = _case.Engine.AfterTraining(Eta, 1);
        for (int j = 0; j < _case.Width(i); j++)
        {
            for (int k = 0; k < _case.Width(i - 1); k++)
            {
                double step = -Eta * _case.DifferenceW(i, j, k);
                Close.Within(step, updated.Weights[i - 1][k, j] - _case.Weight(i, j, k), 1e-10, "Δw by the updater");
                Close.Within(step, trained.Weights[i - 1][k, j] - _case.Weight(i, j, k), 1e-10, "Δw by the trainer");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.2-8")]
    public void A_weights_step_is_minus_two_eta_times_the_product_of_brackets(int i)
    {
        var updated = _case.Engine.AfterUpdate(Eta);
        var trained = _case.Engine.AfterTraining(Eta, 1);
        for (int j = 0; j < _case.Width(i); j++)
        {
            for (int k = 0; k < _case.Width(i - 1); k++)
            {
                (double Value, double Terms) step = Rows(
                    r => Times(Brackets(i, j, r), -2 * Eta * _case.Slope(i, r, j) * _case.O(i - 1, r, k)));
                Close.Holds(step, updated.Weights[i - 1][k, j] - _case.Weight(i, j, k), "Δw by the updater");
                Close.Holds(step, trained.Weights[i - 1][k, j] - _case.Weight(i, j, k), "Δw by the trainer");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars b")]
    public void A_biass_derivative_is_minus_the_sum_over_all_paths(int i)
    {
        for (int j = 0; j < _case.Width(i); j++)
        {
            Close.Holds(Rows(r => Times(AllPaths(i, j, r), -1)), _case.EngineB(i, j), $"∂e/∂b of neuron {j}");
            Close.Holds(
                Rows(r => Times(AllPaths(i, j, r), -1)),
                Enumerable.Range(0, _case.Rows).Sum(r => _case.Paths().BiasGradient(i, j, _case.RowX(r), _case.RowT(r))),
                $"∂e/∂b of neuron {j} of the textbook");
        }
    }

    [Fact]
    public void There_are_as_many_paths_as_the_widths_above_multiply_to_and_no_two_are_alike()
    {
        PathSums paths = _case.Paths();
        Assert.Equal([15L, 5, 1], Enumerable.Range(1, 3).Select(paths.PathCount));
        Assert.Equal(8 * 15 + 12 * 5 + 15, paths.PathCount());
        for (int i = 1; i <= 3; i++)
        {
            int[][] all = [.. paths.Paths(i, 2)];
            Assert.Equal(paths.PathCount(i), all.Select(path => string.Join(' ', path)).Distinct().Count());
            Assert.All(all, path => Assert.Equal((4 - i, 2), (path.Length, path[0])));
        }
    }

    [Fact]
    public void A_hundred_steps_by_paths_and_of_the_engine_lead_to_the_same_numbers()
    {
        PathSums textbook = _case.Paths();
        double start = textbook.Error(_case.AllX, _case.AllT);
        double end = textbook.Train(_case.AllX, _case.AllT, 0.01, 100);
        var trained = _case.Engine.AfterTraining(0.01, 100);
        for (int i = 0; i < 3; i++)
        {
            Close.Holds(Algebra.Transpose(EngineCase.Plain(trained.Weights[i])), textbook.W[i], $"w({i + 1})", 1e-10);
            Close.Holds(
                Algebra.Scale(-1, EngineCase.Plain(trained.Biases[i]!)), Numbers.Row(textbook.B[i]), $"b({i + 1})", 1e-10);
        }

        Assert.True(end < start / 2, $"e went from {start} to {end} only");
    }

    /// <summary>Holds the engine's and the textbook's ∂e/∂w⁽ⁱ⁾ to a formula.</summary>
    void ForEveryWeight(int i, Func<int, int, (double Value, double Terms)> formula)
    {
        PathSums paths = _case.Paths();
        for (int j = 0; j < _case.Width(i); j++)
        {
            for (int k = 0; k < _case.Width(i - 1); k++)
            {
                (double Value, double Terms) expected = formula(j, k);
                Close.Holds(expected, _case.EngineW(i, j, k), $"∂e/∂w({i}) [{j}, {k}]");
                double textbook = Enumerable.Range(0, _case.Rows)
                    .Sum(r => paths.WeightGradient(i, j, k, _case.RowX(r), _case.RowT(r)));
                Close.Holds(expected, textbook, $"∂e/∂w({i}) [{j}, {k}] of the textbook");
            }
        }
    }

    /// <summary>
    /// Σ over kₙ of first(kₙ) Σ over kₙ₋₁ of link(n, kₙ, kₙ₋₁) … Σ over kᵢ₊₁ of … link(i+1, kᵢ₊₁, j); first(j) where i = n.
    /// </summary>
    (double Value, double Terms) Nested(int r, int i, int j, Func<int, double> first, Func<int, int, int, double> link)
    {
        return i == N ? (first(j), Math.Abs(first(j))) : Over(N, k => Times(Below(N, k), first(k)));

        (double Value, double Terms) Below(int m, int km) => m == i + 1
            ? (link(m, km, j), Math.Abs(link(m, km, j)))
            : Over(m - 1, k => Times(Below(m - 1, k), link(m, km, k)));
    }

    /// <summary>
    /// 2 Σ over kₙ, kₙ₋₁ … kᵢ₊₁, counted off as one number, of the product along kᵢ = j, kᵢ₊₁ … kₙ; oₖ⁽ⁱ⁻¹⁾ is left out.
    /// </summary>
    (double Value, double Terms) AllPaths(int i, int j, int r)
    {
        int count = 1;
        for (int m = i + 1; m <= N; m++)
            count *= _case.Width(m);

        return Close.Sum(count, number =>
        {
            int from = j;
            double product = 2 * _case.Slope(i, r, j);
            for (int m = i + 1; m <= N; m++)
            {
                int to = number % _case.Width(m);
                number /= _case.Width(m);
                product *= _case.Slope(m, r, to) * _case.Weight(m, to, from);
                from = to;
            }

            return product * (_case.O(N, r, from) - _case.T(r, from));
        });
    }

    /// <summary>
    /// Σ over kₙ of (o − t)·[Σ over kₙ₋₁ of f′w [… [Σ over kᵢ of f′w δ(kᵢ, j)]]], the brackets taken from the innermost out.
    /// </summary>
    (double Value, double Terms) Brackets(int i, int j, int r)
    {
        (double Value, double Terms)[] bracket = [.. Enumerable.Range(0, _case.Width(i)).Select(
            k => k == j ? (1.0, 1.0) : (0, 0))];
        for (int m = i + 1; m <= N; m++)
        {
            (double Value, double Terms)[] inner = bracket;
            bracket = [.. Enumerable.Range(0, _case.Width(m)).Select(
                km => Over(m - 1, k => Times(inner[k], _case.Slope(m, r, km) * _case.Weight(m, km, k))))];
        }

        return Over(N, k => Times(bracket[k], _case.O(N, r, k) - _case.T(r, k)));
    }

    (double Value, double Terms) Over(int layer, Func<int, (double Value, double Terms)> term) =>
        Total(Enumerable.Range(0, _case.Width(layer)).Select(term));

    (double Value, double Terms) Rows(Func<int, (double Value, double Terms)> term) =>
        Total(Enumerable.Range(0, _case.Rows).Select(term));

    static (double Value, double Terms) Times((double Value, double Terms) sum, double factor) =>
        (sum.Value * factor, sum.Terms * Math.Abs(factor));

    static (double Value, double Terms) Total(IEnumerable<(double Value, double Terms)> terms) =>
        terms.Aggregate((0.0, 0.0), (sum, term) => (sum.Item1 + term.Value, sum.Item2 + term.Terms));
}
