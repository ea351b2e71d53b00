using Backprop.Engine;
using Xunit;
using static Backprop.Textbook.Tests.LikelihoodCase;
using static Backprop.Textbook.Tests.ScalarsCase;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Where one letter of "likelihood" stands for two things, or for too much: 2 features, 4 hidden neurons, 3 outputs, 5 rows.
/// </summary>
public sealed class LikelihoodSymbolMisprintTests
{
    const int Outputs = 3;

    readonly LikelihoodCase _case = LikelihoodCase.Of(Function.Tanh);

    [Fact]
    [Trait("Formula", "likelihood 2")]
    [Trait("Formula", "likelihood 10")]
    [Trait("Formula", "likelihood 22")]
    public void Ln_is_the_logarithm_in_2_and_10_and_its_value_in_22_and_no_one_reading_fits_both()
    {
        // ∂Ln/∂y is 1/y of the logarithm, and t/y of the quantity that is climbed; 10's k is read as k′ here.
        Close.Holds(_case.DifferencesV(), By10(OfLogarithm), "10 of the logarithm", Differences.Tolerance, 10);
        Close.Differs(_case.DifferencesV(), By10(OfQuantity), 0.1, "10 of the quantity");
        Close.Differs(_case.DifferencesW(), By22(OfLogarithm), 0.1, "22 of the logarithm");
        Close.Holds(_case.DifferencesW(), By22(OfQuantity), "22 of the quantity", Differences.Tolerance, 10);

        // Of the quantity the engine's e is the negative.
        Close.Holds(-_case.Engine.Flow.BatchLoss, Pairs((n, k) => _case.T(n, k) * Math.Log(_case.Y(n, k))), "Ln");

        double OfLogarithm(int n, int k1) => ComplexStep.Derivative(System.Numerics.Complex.Log, _case.Y(n, k1));

        double OfQuantity(int n, int k1) => _case.PartialLnY(n, k1);

        double[,] By10(Func<int, int, double> dLn) => Of(_case.M, _case.K, (m, k) => Pairs(
            (n, k1) => _case.T(n, k1) * dLn(n, k1) * Ya(n, k1, k) * _case.Z(n, m)));

        double[,] By22(Func<int, int, double> dLn) => Of(_case.D, _case.M, (d, m) => Pairs(
            (n, k1) => dLn(n, k1) * Sum(k => Ya(n, k1, k) * _case.V[m, k] * _case.PartialZW(n, d, m))));
    }

    [Fact]
    [Trait("Formula", "likelihood 1")]
    public void Of_t_between_0_and_1_the_product_is_no_probability_of_a_class_and_of_0_and_1_it_is()
    {
        double[][] classes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
        double[][] halves = [[0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]];
        for (int row = 0; row < _case.N; row++)
        {
            // A row is of one of the classes with probability 1, which leaves nothing for what is half of two.
            Close.Holds(1, classes.Sum(t => P(row, t)), $"P of the classes, row {row}");
            Assert.True(halves.Sum(t => P(row, t)) > 0.3, $"{halves.Sum(t => P(row, t)):R} more than 1, row {row}");
        }

        // Outputs that say exactly the target have P = 1 of a class, and ½ of half and half: Ln stays below 0.
        Close.Holds(1, Math.Exp(-LossAt([0, -1000, -1000], [1, 0, 0])), "P of a class that is certain");
        Close.Holds(0.5, Math.Exp(-LossAt([0, 0, -1000], [0.5, 0.5, 0])), "P of half and half");

        // What is left of it is a cross-entropy, with t − y as its derivative as long as the sum is 1.
        Assert.All(halves, t => Close.Holds(Less(t), Delta(t), "−delta of halves"));
        double[] all = [0.5, 0.5, 0.5];
        Close.Differs(Delta(all), Less(all), 0.3, "t − y of targets ½, ½, ½");
    }

    [Fact]
    [Trait("Formula", "likelihood 1")]
    public void Of_logistic_outputs_too_t_between_0_and_1_is_no_outcome()
    {
        LikelihoodCase logistic = LikelihoodCase.Of(Function.Tanh, LikelihoodOutput.Logistic);
        double[,] yes = Of(logistic.N, Outputs, (_, k) => k == 0 ? 1 : 0);
        double[,] no = Of(logistic.N, Outputs, (_, _) => 0);
        double[,] half = Of(logistic.N, Outputs, (_, k) => k == 0 ? 0.5 : 0);
        for (int row = 0; row < logistic.N; row++)
        {
            // The other outputs' share, which all three have, is divided by.
            double others = Math.Exp(Enumerable.Range(1, 2).Sum(k => Math.Log(1 - logistic.Y(row, k))));
            Close.Holds(1, (P(yes, row) + P(no, row)) / others, $"P of yes and no, row {row}");
            Assert.True(P(half, row) / others > 0.2, $"{P(half, row) / others:R} more than 1, row {row}");
        }

        double P(double[,] t, int row) =>
            Math.Exp(-logistic.WithTargets(t, Loss.LogisticCrossEntropy()).Flow.RowLosses[row]);
    }

    /// <summary>P of one row, e⁻ˡ with the engine's ℓ.</summary>
    double P(int row, double[] t) => Math.Exp(-With(t).Flow.RowLosses[row]);

    EngineCase With(double[] t) => _case.WithTargets(Of(_case.N, Outputs, (_, k) => t[k]), Loss.SoftmaxCrossEntropy());

    /// <summary>∂Ln/∂a by the engine.</summary>
    double[,] Delta(double[] t) => Algebra.Scale(-1, With(t).dU(2));

    double[,] Less(double[] t) => Of(_case.N, Outputs, (n, k) => t[k] - _case.Y(n, k));

    /// <summary>The engine's ℓ of outputs whose a are given.</summary>
    static double LossAt(double[] a, double[] t) => new EngineCase(
        [new double[1, Outputs]], [a], [[.. Enumerable.Repeat(Function.Linear, Outputs)]], new double[1, 1], Numbers.Row(t),
        Loss.SoftmaxCrossEntropy(), Reduction.Sum, softmax: true).Flow.BatchLoss;

    double Ya(int n, int k1, int k) => _case.Y(n, k1) * (LikelihoodCase.Delta(k, k1) - _case.Y(n, k));

    double Pairs(Func<int, int, double> term) => Enumerable.Range(0, _case.N).Sum(n => Sum(k => term(n, k)));

    static double Sum(Func<int, double> term) => Enumerable.Range(0, Outputs).Sum(term);
}
