namespace Backprop.Textbook;

/// <summary>
/// The document "rows": values are row vectors [1, layerᵢ], weights w[i] are [layerᵢ, layerᵢ₊₁], biases b[i] are
/// [1, layerᵢ₊₁], and C = ½Σ(y − aₗ)². ⊙ is element by element and · is the matrix product; a prime on σ is its derivative, a
/// prime on anything else is the transpose. Products and ⊙ are done in the order that the shapes leave open, which is not
/// always the printed one.
/// </summary>
/// <remarks>
/// Layers are counted as the document counts them, 1 … l: w and b are used from [1] to [l − 1], a from [1], z, σ and δ from [2].
/// What is not used is empty.
/// </remarks>
public sealed class RowVectors
{
    static readonly double[,] s_none = new double[0, 0];

    /// <summary>A network.</summary>
    /// <param name="weights">w₁ … wₗ₋₁, each [layerᵢ, layerᵢ₊₁]; they are copied.</param>
    /// <param name="biases">b₁ … bₗ₋₁, each of layerᵢ₊₁ elements.</param>
    /// <param name="functions">σ of the layers 2 … l.</param>
    /// <exception cref="ArgumentException">The shapes do not follow one another.</exception>
    public RowVectors(IReadOnlyList<double[,]> weights, IReadOnlyList<double[]> biases, IReadOnlyList<Function> functions)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(biases);
        ArgumentNullException.ThrowIfNull(functions);
        if (weights.Count == 0 || weights.Count != biases.Count || weights.Count != functions.Count)
        {
            throw new ArgumentException(
                $"{weights.Count} weights, {biases.Count} biases and {functions.Count} functions make no network.");
        }

        w = [s_none, .. weights.Select(each => (double[,])each.Clone())];
        b = [s_none, .. biases.Select(Row)];
        σ = [Function.Linear, Function.Linear, .. functions];
        for (int i = 1; i < l; i++)
        {
            if (w[i].GetLength(1) != b[i].GetLength(1))
                throw new ArgumentException($"w{i} leads to {w[i].GetLength(1)} neurons, but b{i} has {b[i].GetLength(1)}.");
            if (i > 1 && w[i].GetLength(0) != w[i - 1].GetLength(1))
            {
                throw new ArgumentException(
                    $"w{i} starts from {w[i].GetLength(0)} neurons, but w{i - 1} leads to {w[i - 1].GetLength(1)}.");
            }
        }
    }

    /// <summary>l, the last layer.</summary>
    public int l => w.Length;

    /// <summary>w[i] [layerᵢ, layerᵢ₊₁].</summary>
    public double[][,] w { get; }

    /// <summary>b[i] [1, layerᵢ₊₁].</summary>
    public double[][,] b { get; }

    /// <summary>σ[i] of layer i = 2 … l; the document has one for all.</summary>
    public Function[] σ { get; }

    /// <summary>Formulas 1 to 3: a₁ = x; zᵢ = aᵢ₋₁·wᵢ₋₁ + bᵢ₋₁ and aᵢ = σ(zᵢ) for i = 2 … l.</summary>
    public Values Forward(double[] x)
    {
        double[][,] z = Empty(l + 1);
        double[][,] a = Empty(l + 1);
        a[1] = Row(x);
        for (int i = 2; i <= l; i++)
        {
            z[i] = Algebra.Sum(Algebra.Product(a[i - 1], w[i - 1]), b[i - 1]);
            a[i] = Algebra.Map(σ[i].Value, z[i]);
        }

        return new Values(z, a);
    }

    /// <summary>Formula 5: C = ½Σ(y − aₗ)²; the square of a row vector is the sum of the squares.</summary>
    public double C(double[] x, double[] y)
    {
        double[,] off = Algebra.Difference(Row(y), Forward(x).a[l]);
        return Algebra.Total(Algebra.Hadamard(off, off)) / 2;
    }

    /// <summary>C of several rows: the sum of each row's.</summary>
    public double C(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y) => Pairs(x, y).Sum(pair => C(pair.x, pair.y));

    /// <summary>
    /// The long form, formulas 7 to 10: ∂C/∂aₗ = aₗ − y; ∂C/∂aᵢ = (∂C/∂aᵢ₊₁ ⊙ σ′(zᵢ₊₁))·wᵢ′;
    /// ∂C/∂wᵢ = aᵢ′·(∂C/∂aᵢ₊₁ ⊙ σ′(zᵢ₊₁)); ∂C/∂bᵢ = ∂C/∂aᵢ₊₁ ⊙ σ′(zᵢ₊₁).
    /// </summary>
    public Derivatives LongForm(Values values, double[] y)
    {
        ArgumentNullException.ThrowIfNull(values);
        (double[][,] z, double[][,] a) = values;
        double[][,] da = Empty(l + 1);
        double[][,] dw = Empty(l);
        double[][,] db = Empty(l);
        da[l] = Algebra.Difference(a[l], Row(y));
        for (int i = l - 1; i >= 1; i--)
        {
            da[i] = Algebra.Product(Algebra.Hadamard(da[i + 1], Slope(i + 1, z)), Algebra.Transpose(w[i]));
            dw[i] = Algebra.Product(Algebra.Transpose(a[i]), Algebra.Hadamard(da[i + 1], Slope(i + 1, z)));
            db[i] = Algebra.Hadamard(da[i + 1], Slope(i + 1, z));
        }

        return new Derivatives(da, dw, db);
    }

    /// <summary>
    /// The delta form, formulas 11 to 14: δₗ = (aₗ − y) ⊙ σ′(zₗ); δᵢ = (δᵢ₊₁·wᵢ′) ⊙ σ′(zᵢ) for i ≥ 2; ∂C/∂wᵢ = aᵢ′·δᵢ₊₁;
    /// ∂C/∂bᵢ = δᵢ₊₁.
    /// </summary>
    public DeltaForm Deltas(Values values, double[] y)
    {
        ArgumentNullException.ThrowIfNull(values);
        (double[][,] z, double[][,] a) = values;
        double[][,] δ = Empty(l + 1);
        double[][,] dw = Empty(l);
        double[][,] db = Empty(l);
        δ[l] = Algebra.Hadamard(Algebra.Difference(a[l], Row(y)), Slope(l, z));
        for (int i = l - 1; i >= 2; i--)
            δ[i] = Algebra.Hadamard(Algebra.Product(δ[i + 1], Algebra.Transpose(w[i])), Slope(i, z));

        for (int i = 1; i < l; i++)
        {
            dw[i] = Algebra.Product(Algebra.Transpose(a[i]), δ[i + 1]);
            db[i] = δ[i + 1];
        }

        return new DeltaForm(δ, dw, db);
    }

    /// <summary>∂C/∂w and ∂C/∂b of several rows: the sum of each row's (formulas 13 and 14).</summary>
    public (double[][,] w, double[][,] b) Gradient(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y)
    {
        double[][,] dw = [.. w.Select(each => Algebra.Scale(0, each))];
        double[][,] db = [.. b.Select(each => Algebra.Scale(0, each))];
        foreach ((double[] row, double[] target) in Pairs(x, y))
        {
            DeltaForm deltas = Deltas(Forward(row), target);
            for (int i = 1; i < l; i++)
            {
                dw[i] = Algebra.Sum(dw[i], deltas.w[i]);
                db[i] = Algebra.Sum(db[i], deltas.b[i]);
            }
        }

        return (dw, db);
    }

    /// <summary>One step with one row (descent): Δw = −η ∂C/∂w, Δb = −η ∂C/∂b; gives C before. The document's η is 1.</summary>
    public double Step(double[] x, double[] y, double η = 1) => Step([x], [y], η);

    /// <summary>One step with several rows, whose C is summed; gives C before.</summary>
    public double Step(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y, double η = 1)
    {
        double before = C(x, y);
        (double[][,] dw, double[][,] db) = Gradient(x, y);
        for (int i = 1; i < l; i++)
        {
            w[i] = Algebra.Sum(w[i], Algebra.Scale(-η, dw[i]));
            b[i] = Algebra.Sum(b[i], Algebra.Scale(-η, db[i]));
        }

        return before;
    }

    double[,] Slope(int i, double[][,] z) => Algebra.Map(σ[i].Derivative, z[i]);

    static double[][,] Empty(int count) => [.. Enumerable.Repeat(s_none, count)];

    static double[,] Row(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var row = new double[1, values.Length];
        for (int j = 0; j < values.Length; j++)
            row[0, j] = values[j];

        return row;
    }

    static IEnumerable<(double[] x, double[] y)> Pairs(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
            throw new ArgumentException($"There are {x.Count} rows, but {y.Count} targets.");
        return x.Zip(y);
    }

    /// <summary>The values of one row.</summary>
    /// <param name="z">z[i] [1, layerᵢ], i = 2 … l.</param>
    /// <param name="a">a[i] [1, layerᵢ], i = 1 … l.</param>
    public sealed record Values(double[][,] z, double[][,] a);

    /// <summary>What the long form gives.</summary>
    /// <param name="a">∂C/∂a[i] [1, layerᵢ], i = 1 … l.</param>
    /// <param name="w">∂C/∂w[i] [layerᵢ, layerᵢ₊₁].</param>
    /// <param name="b">∂C/∂b[i] [1, layerᵢ₊₁].</param>
    public sealed record Derivatives(double[][,] a, double[][,] w, double[][,] b);

    /// <summary>What the delta form gives.</summary>
    /// <param name="δ">δ[i] = ∂C/∂a[i] ⊙ σ′(z[i]) [1, layerᵢ], i = 2 … l.</param>
    /// <param name="w">∂C/∂w[i] [layerᵢ, layerᵢ₊₁].</param>
    /// <param name="b">∂C/∂b[i] [1, layerᵢ₊₁].</param>
    public sealed record DeltaForm(double[][,] δ, double[][,] w, double[][,] b);
}
