using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// What differences are relative to: of every tensor of a flow, the largest sum of absolute terms among its entries. Errors
/// flow back with absolute values too, so that an entry, or a whole delta, whose terms cancel needs no excuse:
/// <code>
/// A(Uᵏ)       = |Xᵏ⁻¹|·|Wᵏ| + |bᵏ|                      A(Xᵏ) = |Xᵏ| + |fᵏ′| ⊙ A(Uᵏ)
/// A(∂e/∂Xⁿ)   = factor · (the terms of ∂ℓ/∂x: |x| + |t| of x − t)
/// A(∂e/∂Uᵏ)   = A(∂e/∂Xᵏ) ⊙ |fᵏ′|;  softmax: xⱼ(A(∂e/∂xⱼ) + Σᵢ xᵢA(∂e/∂xᵢ));  a joint loss: factor · (p Σt + t)
/// A(∂e/∂Xᵏ⁻¹) = A(∂e/∂Uᵏ)·|Wᵏ|ᵀ
/// A(∂e/∂Wᵏ)   = |Xᵏ⁻¹|ᵀ·A(∂e/∂Uᵏ)                        A(∂e/∂bᵏ) = Σ over rows of A(∂e/∂Uᵏ)
/// </code>
/// and a tensor's scale is its largest entry of A.
/// </summary>
sealed class TermSums
{
    public TermSums(FlowRecord<double> flow, Func<int, double> factor)
    {
        int depth = flow.Layers.Length;
        (U, X, OutputErrors, Delta) = (new double[depth], new double[depth], new double[depth], new double[depth]);
        (WeightGradient, BiasGradient) = (new double[depth], new double[depth]);
        for (int k = 0; k < depth; k++)
        {
            LayerRecord<double> layer = flow.Layers[k];
            double[,] before = Absolute((k == 0 ? flow.Inputs : flow.Layers[k - 1].X).ToArray());
            double[,] totals = Algebra.Product(before, Absolute(layer.Weights.ToArray()));
            U[k] = Largest(Map(totals, (value, _, j) => value + Math.Abs(layer.Biases?[0, j] ?? 0)));
            X[k] = Largest(Map(totals, (value, row, j) =>
                Math.Abs(layer.X[row, j])
                    + Math.Abs(layer.Derivative?[row, j] ?? 1) * (value + Math.Abs(layer.Biases?[0, j] ?? 0))));
        }

        double[,] errors = LossTerms(flow, factor);
        Loss = Enumerable.Range(0, flow.Rows).Sum(row => factor(row) * Math.Abs(flow.RowLosses[row])
            + Enumerable.Range(0, flow.Targets.Columns).Sum(j => errors[row, j]
                * (Math.Abs(flow.Layers[^1].U[row, j]) + Math.Abs(flow.Layers[^1].X[row, j]) + Math.Abs(flow.Targets[row, j]))));
        for (int k = depth - 1; k >= 0; k--)
        {
            LayerRecord<double> layer = flow.Layers[k];
            OutputErrors[k] = Largest(errors);
            bool last = k == depth - 1;
            double[,] delta = last && flow.Loss.Kind != LossKind.Plain ? errors
                : last && flow.Network.HasSoftmax ? ThroughSoftmax(layer.X.ToArray(), errors)
                : Map(errors, (value, row, j) => value * Math.Abs(layer.Derivative![row, j]));
            Delta[k] = Largest(delta);
            double[,] before = Absolute((k == 0 ? flow.Inputs : flow.Layers[k - 1].X).ToArray());
            WeightGradient[k] = Largest(Algebra.Product(Algebra.Transpose(before), delta));
            BiasGradient[k] = Enumerable.Range(0, delta.GetLength(1))
                .Max(j => Enumerable.Range(0, delta.GetLength(0)).Sum(row => delta[row, j]));
            errors = Algebra.Product(delta, Algebra.Transpose(Absolute(layer.Weights.ToArray())));
        }

        InputErrors = Largest(errors);
    }

    /// <summary>Of Uᵏ, by layer from 0.</summary>
    public double[] U { get; }

    /// <summary>Of Xᵏ.</summary>
    public double[] X { get; }

    /// <summary>Of ∂e/∂Xᵏ.</summary>
    public double[] OutputErrors { get; }

    /// <summary>Of ∂e/∂Uᵏ.</summary>
    public double[] Delta { get; }

    /// <summary>Of ∂e/∂Wᵏ.</summary>
    public double[] WeightGradient { get; }

    /// <summary>Of ∂e/∂bᵏ.</summary>
    public double[] BiasGradient { get; }

    /// <summary>Of ∂e/∂X⁰.</summary>
    public double InputErrors { get; }

    /// <summary>Of e: Σ factor·|ℓ| and, since ℓ is made of U, X and t by subtractions, what those can move it by.</summary>
    public double Loss { get; }

    /// <summary>The terms of ∂e/∂Xⁿ, or of ∂e/∂Uⁿ under a joint loss.</summary>
    internal static double[,] LossTerms(FlowRecord<double> flow, Func<int, double> factor)
    {
        LayerRecord<double> last = flow.Layers[^1];
        double[,] targets = flow.Targets.ToArray();
        return Map(last.X.ToArray(), (x, row, j) => factor(row) * (flow.Loss.Kind switch
        {
            LossKind.Softmax =>
                x * Enumerable.Range(0, targets.GetLength(1)).Sum(i => targets[row, i]) + Math.Abs(targets[row, j])
                    + 1.0 / targets.GetLength(1),
            LossKind.Joint => Math.Abs(x) + Math.Abs(targets[row, j]),
            _ => Math.Max(
                Math.Abs(flow.Loss.Derivative(x, targets[row, j])),
                LossSlope(flow.Loss) * (Math.Abs(x) + Math.Abs(targets[row, j]))),
        }));
    }

    /// <summary>A bound of |∂²ℓ/∂x²| of a plain loss away from its kinks.</summary>
    internal static double LossSlope(Loss loss) => loss.Named.Name switch
    {
        "squared" => 2,
        "half-squared" or "huber" => 1,
        "absolute" or "quantile" => 0,
        _ => throw new ArgumentException($"{loss} is not written here.", nameof(loss)),
    };

    internal static double[,] ThroughSoftmax(double[,] x, double[,] errors) => Map(errors, (error, row, j) =>
        x[row, j] * (error + Enumerable.Range(0, x.GetLength(1)).Sum(i => x[row, i] * errors[row, i])));

    internal static double[,] Absolute(double[,] a) => Algebra.Map(Math.Abs, a);

    internal static double Largest(double[,] a) => a.Cast<double>().Max();

    internal static double[,] Map(double[,] a, Func<double, int, int, double> f)
    {
        var mapped = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                mapped[i, j] = f(a[i, j], i, j);
        }

        return mapped;
    }
}
