namespace Backprop.Textbook;

/// <summary>
/// The document "indices": every value, error and weight of one row by its indices. Level 0 is the input; level k = 1 … n has
/// W[k][i, j] from node i of level k − 1 to node j, total inputs U[k][i], outputs X[k][i] = f[k][i](U[k][i]) with a function
/// for each node, and no biases. The loss e is any differentiable one.
/// </summary>
/// <remarks>Levels are counted as the document counts them: W[0], U[0] and f[0] are empty. Nodes count from 0.</remarks>
public sealed class IndexForm
{
    /// <summary>A network.</summary>
    /// <param name="weights">W¹ … Wⁿ, each [nodes of the level before, nodes of the level]; they are copied.</param>
    /// <param name="functions">f¹ … fⁿ, a function for each node.</param>
    /// <exception cref="ArgumentException">The shapes do not follow one another.</exception>
    public IndexForm(IReadOnlyList<double[,]> weights, IReadOnlyList<Function[]> functions)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(functions);
        if (weights.Count == 0 || weights.Count != functions.Count)
            throw new ArgumentException($"{weights.Count} levels of weights and {functions.Count} of functions make no network.");

        W = [new double[0, 0], .. weights.Select(each => (double[,])each.Clone())];
        f = [[], .. functions];
        for (int k = 1; k <= n; k++)
        {
            if (W[k].GetLength(1) != f[k].Length)
                throw new ArgumentException($"Level {k} has {W[k].GetLength(1)} nodes, but {f[k].Length} functions.");
            if (k > 1 && W[k].GetLength(0) != W[k - 1].GetLength(1))
                throw new ArgumentException($"Level {k} takes {W[k].GetLength(0)} values from {W[k - 1].GetLength(1)} nodes.");
        }
    }

    /// <summary>n, the last level.</summary>
    public int n => W.Length - 1;

    /// <summary>W[k][i, j], between node i in level k − 1 and node j in level k.</summary>
    public double[][,] W { get; }

    /// <summary>f[k][i], the activation function of node i in level k.</summary>
    public Function[][] f { get; }

    /// <summary>The value flow (indices 1): Xᵏ⁻¹ → Wᵏ → Uᵏ → fᵏ → Xᵏ.</summary>
    /// <param name="x">X⁰.</param>
    public ValueFlow Values(double[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Length != W[1].GetLength(0))
            throw new ArgumentException($"The row has {x.Length} values, but the network takes {W[1].GetLength(0)}.");

        double[][] U = [[], .. f.Skip(1).Select(level => new double[level.Length])];
        double[][] X = [x, .. f.Skip(1).Select(level => new double[level.Length])];
        for (int k = 1; k <= n; k++)
        {
            for (int j = 0; j < U[k].Length; j++)
            {
                for (int i = 0; i < X[k - 1].Length; i++)
                    U[k][j] += W[k][i, j] * X[k - 1][i];
                X[k][j] = f[k][j].Value(U[k][j]);
            }
        }

        return new ValueFlow(U, X);
    }

    /// <summary>The error flow (indices 2): e → Xᵏ → fᵏ → Uᵏ → Xᵏ⁻¹ → Wᵏ, from the last level to the first.</summary>
    /// <param name="values">The row's value flow.</param>
    /// <param name="t">The real value.</param>
    /// <param name="e">The loss. ∂e/∂Xⁿ is its own derivative, which the document does not say.</param>
    public ErrorFlow Errors(ValueFlow values, double[] t, Cost e)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(e);
        (double[][] U, double[][] X) = values;
        double[][] dX = [.. X.Select(level => new double[level.Length])];
        double[][] dU = [.. U.Select(level => new double[level.Length])];
        double[][,] dW = [.. W.Select(level => new double[level.GetLength(0), level.GetLength(1)])];
        dX[n] = e.Derivative(X[n], t);
        for (int k = n; k >= 1; k--)
        {
            // 6, 7: ∂e/∂Uᵢᵏ = ∂e/∂Xᵢᵏ × ∂fᵢᵏ, the derivative taken at Uᵢᵏ.
            for (int i = 0; i < dU[k].Length; i++)
                dU[k][i] = dX[k][i] * f[k][i].Derivative(U[k][i]);

            // 9 … 11: ∂e/∂Wᵢⱼᵏ = ∂e/∂Uⱼᵏ × Xᵢᵏ⁻¹.
            for (int i = 0; i < dX[k - 1].Length; i++)
            {
                for (int j = 0; j < dU[k].Length; j++)
                    dW[k][i, j] = dU[k][j] * X[k - 1][i];
            }

            // 3 … 5, for the level below: ∂e/∂Xᵢᵏ⁻¹ = Σₗ ∂e/∂Uₗᵏ × Wᵢₗᵏ.
            for (int i = 0; i < dX[k - 1].Length; i++)
            {
                for (int l = 0; l < dU[k].Length; l++)
                    dX[k - 1][i] += dU[k][l] * W[k][i, l];
            }
        }

        return new ErrorFlow(dX, dU, dW);
    }

    /// <summary>e of several rows: the sum of each row's.</summary>
    public double Loss(IReadOnlyList<double[]> x, IReadOnlyList<double[]> t, Cost e)
    {
        ThrowUnlessPaired(x, t);
        ArgumentNullException.ThrowIfNull(e);
        double sum = 0;
        for (int row = 0; row < x.Count; row++)
            sum += e.Value(Values(x[row]).X[n], t[row]);

        return sum;
    }

    /// <summary>∂e/∂W[k][i, j] of several rows: the sum of each row's (indices 11).</summary>
    public double[][,] Gradient(IReadOnlyList<double[]> x, IReadOnlyList<double[]> t, Cost e)
    {
        ThrowUnlessPaired(x, t);
        double[][,] sum = [.. W.Select(level => new double[level.GetLength(0), level.GetLength(1)])];
        for (int row = 0; row < x.Count; row++)
        {
            double[][,] dW = Errors(Values(x[row]), t[row], e).W;
            for (int k = 1; k <= n; k++)
                sum[k] = Algebra.Sum(sum[k], dW[k]);
        }

        return sum;
    }

    /// <summary>ΔW[k][i, j] = −α × ∂e/∂W[k][i, j] (indices 12).</summary>
    /// <param name="dW">∂e/∂W.</param>
    /// <param name="α">The learning rate.</param>
    public static double[][,] Increments(double[][,] dW, double α) => [.. dW.Select(level => Algebra.Scale(-α, level))];

    /// <summary>W(t) = W(t − 1) + ΔW(t − 1) (indices 13), every weight at once.</summary>
    /// <param name="ΔW">The increments, all taken from W(t − 1).</param>
    public void Add(double[][,] ΔW)
    {
        ArgumentNullException.ThrowIfNull(ΔW);
        for (int k = 1; k <= n; k++)
            W[k] = Algebra.Sum(W[k], ΔW[k]);
    }

    /// <summary>One iteration with one row; gives its e before.</summary>
    public double Step(double[] x, double[] t, Cost e, double α) => Step([x], [t], e, α);

    /// <summary>One iteration with several rows, whose errors are summed; gives their e before.</summary>
    public double Step(IReadOnlyList<double[]> x, IReadOnlyList<double[]> t, Cost e, double α)
    {
        double before = Loss(x, t, e);
        Add(Increments(Gradient(x, t, e), α));
        return before;
    }

    static void ThrowUnlessPaired(IReadOnlyList<double[]> x, IReadOnlyList<double[]> t)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(t);
        if (x.Count != t.Count)
            throw new ArgumentException($"There are {x.Count} rows, but {t.Count} real values.");
    }

    /// <summary>The values of one row.</summary>
    /// <param name="U">U[k][i], the total input of node i in level k.</param>
    /// <param name="X">X[k][i], its output; X[0] is the input.</param>
    public sealed record ValueFlow(double[][] U, double[][] X);

    /// <summary>The errors of one row.</summary>
    /// <param name="X">∂e/∂X[k][i], those of the input too.</param>
    /// <param name="U">∂e/∂U[k][i].</param>
    /// <param name="W">∂e/∂W[k][i, j].</param>
    public sealed record ErrorFlow(double[][] X, double[][] U, double[][,] W);
}
