using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// How far single precision may be from double, entry by entry, from the lengths of the sums alone. With u = 2⁻²⁴, the
/// rounding of one operation, a sum or product of n operations is off by γ(n) = nu/(1 − nu) of its absolute terms (Higham,
/// Accuracy and Stability of Numerical Algorithms, §3.1), and what was off before goes on through the derivative of each step:
/// <code>
/// E(U)  = E(X)·|W| + γ(in + 1)·((|X| + E(X))·|W| + |b|)
/// E(X)  = (|f′| + 2E(U))·E(U) + γ(8)·(|f| + |U|)            |f″| ≤ 2 but for e^U; an elementary function is 8 operations
/// E(f′) = 2·max(E(U), E(X)) + γ(8)·(1 + |U| + |f′|)
/// E(∂e/∂Xⁿ) = factor·|ℓ″|·E(X) + γ(8)·A                     A: the absolute terms of ∂ℓ/∂x, see <see cref="TermSums"/>
/// E(∂e/∂U)  = (|f′| + E(f′))·E(∂e/∂X) + |∂e/∂X|·E(f′) + γ(1)·(|∂e/∂X| + E)·(|f′| + E)
/// E(∂e/∂X)  = E(∂e/∂U)·|W|ᵀ + γ(out)·(|∂e/∂U| + E(∂e/∂U))·|W|ᵀ
/// E(∂e/∂W)  = E(X)ᵀ·(|∂e/∂U| + E(∂e/∂U)) + |X|ᵀ·E(∂e/∂U) + γ(rows)·(|X| + E(X))ᵀ·(|∂e/∂U| + E(∂e/∂U))
/// E(∂e/∂b)  = Σ over rows of E(∂e/∂U) + γ(rows)·(|∂e/∂U| + E(∂e/∂U))
/// </code>
/// Softmax over C outputs adds the lengths of its own sums. Every |·| is of the flow in double precision.
/// </summary>
sealed class RoundingBounds
{
    const double Unit = 1.0 / (1 << 24);

    public RoundingBounds(FlowRecord<double> flow, Func<int, double> factor)
    {
        int depth = flow.Layers.Length;
        (U, X, Delta) = (new double[depth][,], new double[depth][,], new double[depth][,]);
        (WeightGradient, BiasGradient) = (new double[depth][,], new double[depth][,]);
        for (int k = 0; k < depth; k++)
            (U[k], X[k]) = Values(flow, k);

        double[,] errors = LossErrors(flow, factor);
        for (int k = depth - 1; k >= 0; k--)
        {
            LayerRecord<double> layer = flow.Layers[k];
            Delta[k] = k == depth - 1 && flow.Loss.Kind != LossKind.Plain ? errors
                : k == depth - 1 && flow.Network.HasSoftmax ? ThroughJacobian(layer, errors)
                : ThroughDerivative(layer, errors, k);
            (double[,] before, double[,] beforeError) = Before(flow, k);
            double[,] delta = Sum(Absolute(layer.Delta), Delta[k]);
            double[,] x = Algebra.Transpose(Sum(before, beforeError));
            double rows = Gamma(flow.Rows);
            WeightGradient[k] = Sum(
                Sum(Product(Algebra.Transpose(beforeError), delta), Product(Algebra.Transpose(before), Delta[k])),
                Algebra.Scale(rows, Product(x, delta)));
            BiasGradient[k] = SumOfRows(Sum(Delta[k], Algebra.Scale(rows, delta)));
            double[,] turned = Algebra.Transpose(Absolute(layer.Weights));
            errors = Sum(Product(Delta[k], turned), Algebra.Scale(Gamma(layer.Width), Product(delta, turned)));
        }

        InputErrors = errors;
    }

    public double[][,] U { get; }

    public double[][,] X { get; }

    public double[][,] Delta { get; }

    public double[][,] WeightGradient { get; }

    public double[][,] BiasGradient { get; }

    public double[,] InputErrors { get; }

    static double Gamma(int operations) => operations * Unit / (1 - operations * Unit);

    (double[,] U, double[,] X) Values(FlowRecord<double> flow, int k)
    {
        LayerRecord<double> layer = flow.Layers[k];
        (double[,] before, double[,] beforeError) = Before(flow, k);
        double[,] w = Absolute(layer.Weights);
        double[,] passed = Product(beforeError, w);
        double[,] terms = Product(Sum(before, beforeError), w);
        double[,] u = TermSums.Map(terms, (term, row, j) =>
            passed[row, j] + Gamma(layer.Weights.Rows + 1) * (term + Math.Abs(layer.Biases?[0, j] ?? 0)));
        if (layer.Derivative is not { } slope)
            return (u, SoftmaxErrors(layer, u));

        return (u, TermSums.Map(u, (error, row, j) =>
            (Math.Abs(slope[row, j]) + Bend(layer, row, j) * error) * error
                + Gamma(8) * (Math.Abs(layer.X[row, j]) + Math.Abs(layer.U[row, j]))));
    }

    /// <summary>A bound of |f″| near U: 2 for all but e^U, whose own is e^U.</summary>
    static double Bend(LayerRecord<double> layer, int row, int j) =>
        layer.Dense.ActivationOf(j).Equals(Activation.Exponential) ? 1.01 * layer.X[row, j] : 2;

    /// <summary>
    /// pⱼ = e^(uⱼ − m)/Σ: the exponents are off by E(u) and by the subtraction, which moves numerator and sum alike; then
    /// an elementary function, a sum of C terms and a division.
    /// </summary>
    static double[,] SoftmaxErrors(LayerRecord<double> layer, double[,] u)
    {
        int outputs = layer.Width;
        return TermSums.Map(u, (_, row, j) =>
        {
            double moved = Enumerable.Range(0, outputs).Max(i => u[row, i] + 2 * Gamma(1) * Math.Abs(layer.U[row, i]))
                + Gamma(1) * 2 * Enumerable.Range(0, outputs).Max(i => Math.Abs(layer.U[row, i]));
            return layer.X[row, j] * (Math.Exp(2 * moved) - 1 + Gamma(outputs + 16));
        });
    }

    double[,] LossErrors(FlowRecord<double> flow, Func<int, double> factor)
    {
        LayerRecord<double> last = flow.Layers[^1];
        double[,] terms = TermSums.LossTerms(flow, factor);
        double[,] u = U[^1];
        double[,] x = X[^1];
        return TermSums.Map(terms, (term, row, j) => flow.Loss.Kind switch
        {
            // p is off as the output is; Σt and the rest are a sum of C terms and some products.
            LossKind.Softmax => factor(row) * x[row, j] + Gamma(flow.Targets.Columns + 8) * (term + factor(row) * x[row, j]),
            LossKind.Joint => factor(row) * x[row, j] + Gamma(8) * (term + factor(row) * x[row, j]),
            _ => factor(row) * TermSums.LossSlope(flow.Loss) * x[row, j] + Gamma(8) * term,
        });
    }

    double[,] ThroughDerivative(LayerRecord<double> layer, double[,] errors, int k) => TermSums.Map(errors, (error, row, j) =>
    {
        double slope = Math.Abs(layer.Derivative![row, j]);
        double back = Math.Abs(layer.OutputErrors![row, j]);
        double bend = Bend(layer, row, j);
        double slopeError = Math.Max(bend * U[k][row, j], 2 * X[k][row, j]) + Gamma(8) * (1 + Math.Abs(layer.U[row, j]) + slope);
        return (slope + slopeError) * error + back * slopeError + Gamma(1) * (back + error) * (slope + slopeError);
    });

    double[,] ThroughJacobian(LayerRecord<double> layer, double[,] errors)
    {
        int outputs = layer.Width;
        double[,] x = layer.X.ToArray();
        double[,] xError = X[^1];
        double[,] g = Absolute(layer.OutputErrors!);
        return TermSums.Map(errors, (error, row, j) =>
        {
            double terms = Enumerable.Range(0, outputs).Sum(i => (x[row, i] + xError[row, i]) * (g[row, i] + errors[row, i]));
            double mean = Enumerable.Range(0, outputs).Sum(i =>
                xError[row, i] * (g[row, i] + errors[row, i]) + x[row, i] * errors[row, i]);
            return xError[row, j] * (g[row, j] + error + terms) + x[row, j] * (error + mean)
                + Gamma(outputs + 3) * (x[row, j] + xError[row, j]) * (g[row, j] + error + terms);
        });
    }

    (double[,] Values, double[,] Errors) Before(FlowRecord<double> flow, int k) => k == 0
        ? (Absolute(flow.Inputs), new double[flow.Rows, flow.Inputs.Columns])
        : (Absolute(flow.Layers[k - 1].X), X[k - 1]);

    static double[,] Absolute(ReadOnlyMatrix<double> matrix) => TermSums.Absolute(matrix.ToArray());

    static double[,] Product(double[,] a, double[,] b) => Algebra.Product(a, b);

    static double[,] Sum(double[,] a, double[,] b) => Algebra.Sum(a, b);

    static double[,] SumOfRows(double[,] a) => Numbers.SumOfRows(a);
}
