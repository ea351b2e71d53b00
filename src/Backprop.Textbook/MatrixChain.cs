namespace Backprop.Textbook;

/// <summary>
/// "scalars", section 2.1, mended: layers as matrices, O⁽ⁱ⁾ = Fᵢ(W⁽ⁱ⁾O⁽ⁱ⁻¹⁾ − B⁽ⁱ⁾) with columns O⁽ⁱ⁾ [Nᵢ, 1], O⁽⁰⁾ = X and
/// e = (T − O⁽ⁿ⁾)ᵀ(T − O⁽ⁿ⁾). W⁽ⁱ⁾ is [Nᵢ, Nᵢ₋₁]. The printed formula has no bias; here each layer subtracts one, as the rest
/// of the document does. Each neuron may have a function of its own, as in 2.2. Layers count from 1.
/// </summary>
public sealed class MatrixChain
{
    readonly double[][,] _w;
    readonly double[][,] _b;
    readonly Function[][] _f;

    /// <summary>A network of n layers.</summary>
    /// <param name="w">W⁽¹⁾ … W⁽ⁿ⁾, each [Nᵢ, Nᵢ₋₁].</param>
    /// <param name="b">B⁽¹⁾ … B⁽ⁿ⁾, each of length Nᵢ.</param>
    /// <param name="f">f of every neuron of every layer.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public MatrixChain(double[][,] w, double[][] b, Function[][] f)
    {
        Shapes.ThrowUnlessChain(w, b, f);
        _w = [.. w.Select(matrix => (double[,])matrix.Clone())];
        _b = [.. b.Select(Algebra.Column)];
        _f = [.. f.Select(layer => layer.ToArray())];
    }

    /// <summary>n, the number of layers.</summary>
    public int N => _w.Length;

    /// <summary>W⁽¹⁾ … W⁽ⁿ⁾, copies.</summary>
    public double[][,] W => [.. _w.Select(matrix => (double[,])matrix.Clone())];

    /// <summary>B⁽¹⁾ … B⁽ⁿ⁾, copies.</summary>
    public double[][] B => [.. _b.Select(Algebra.Flat)];

    /// <summary>diag(F′), the derivative of F by its argument [Nᵢ, Nᵢ]: "scalars 2.1-7", "scalars 2.1-8".</summary>
    /// <param name="f">The function of each neuron.</param>
    /// <param name="u">The argument [Nᵢ, 1].</param>
    public static double[,] DiagonalDerivative(Function[] f, double[,] u)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(u);
        var diagonal = new double[f.Length, f.Length];
        for (int j = 0; j < f.Length; j++)
            diagonal[j, j] = f[j].Derivative(u[j, 0]);

        return diagonal;
    }

    /// <summary>F(X), each element through its neuron's f: "scalars 2.1-5", "scalars 2.1-6".</summary>
    /// <param name="f">The function of each neuron.</param>
    /// <param name="x">[Nᵢ, 1].</param>
    public static double[,] Apply(Function[] f, double[,] x)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(x);
        var applied = new double[f.Length, 1];
        for (int j = 0; j < f.Length; j++)
            applied[j, 0] = f[j].Value(x[j, 0]);

        return applied;
    }

    /// <summary>O⁽⁰⁾ = X, O⁽¹⁾ … O⁽ⁿ⁾, columns: "scalars 2.1-1".</summary>
    public double[][,] Outputs(double[] x)
    {
        var o = new double[N + 1][,];
        o[0] = Algebra.Column(x);
        for (int i = 1; i <= N; i++)
            o[i] = Apply(_f[i - 1], Argument(i, o));

        return o;
    }

    /// <summary>e = (T − O⁽ⁿ⁾)ᵀ(T − O⁽ⁿ⁾): "scalars 2.1-2".</summary>
    public double Error(double[] x, double[] t)
    {
        double[,] difference = Algebra.Difference(Algebra.Column(t), Outputs(x)[N]);
        return Algebra.Product(Algebra.Transpose(difference), difference)[0, 0];
    }

    /// <summary>e of several rows: the sum of theirs.</summary>
    /// <param name="x">[rows, N₀].</param>
    /// <param name="t">[rows, Nₙ].</param>
    public double Error(double[,] x, double[,] t)
    {
        Shapes.ThrowUnlessSameRows(x, t);
        double e = 0;
        for (int row = 0; row < x.GetLength(0); row++)
            e += Error(Shapes.Row(x, row), Shapes.Row(t, row));

        return e;
    }

    /// <summary>
    /// ∂e/∂W⁽ⁱ⁾ [Nᵢ, Nᵢ₋₁] = (2(O⁽ⁿ⁾ − T)ᵀ·Π [diag(Fₖ′)W⁽ᵏ⁾ for k = n down to i+1]·diag(Fᵢ′))ᵀ·(O⁽ⁱ⁻¹⁾)ᵀ: "scalars 2.1-4" with
    /// its factors in the order in which they multiply, and the outer product at its end.
    /// </summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double[,] WeightGradient(int i, double[] x, double[] t)
    {
        double[][,] o = Outputs(x);
        return Algebra.Product(Algebra.Transpose(RowOfErrors(i, o, t)), Algebra.Transpose(o[i - 1]));
    }

    /// <summary>∂e/∂B⁽ⁱ⁾, minus the same row without the outer product; the document prints none.</summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double[] BiasGradient(int i, double[] x, double[] t) =>
        Algebra.Flat(Algebra.Scale(-1, RowOfErrors(i, Outputs(x), t)));

    /// <summary>One step, every parameter by −η times its derivative, summed over the rows, all from the old numbers.</summary>
    /// <param name="x">[rows, N₀].</param>
    /// <param name="t">[rows, Nₙ].</param>
    /// <param name="η">η.</param>
    public void Step(double[,] x, double[,] t, double η)
    {
        Shapes.ThrowUnlessSameRows(x, t);
        double[][,] w = W;
        double[][,] b = [.. _b];
        for (int row = 0; row < x.GetLength(0); row++)
        {
            double[] input = Shapes.Row(x, row);
            double[] target = Shapes.Row(t, row);
            for (int i = 1; i <= N; i++)
            {
                w[i - 1] = Algebra.Sum(w[i - 1], Algebra.Scale(-η, WeightGradient(i, input, target)));
                b[i - 1] = Algebra.Sum(b[i - 1], Algebra.Scale(-η, Algebra.Column(BiasGradient(i, input, target))));
            }
        }

        w.CopyTo(_w, 0);
        b.CopyTo(_b, 0);
    }

    /// <summary>As many steps as said; gives e after them.</summary>
    /// <param name="x">[rows, N₀].</param>
    /// <param name="t">[rows, Nₙ].</param>
    /// <param name="η">η.</param>
    /// <param name="steps">How many.</param>
    public double Train(double[,] x, double[,] t, double η, int steps)
    {
        for (int step = 0; step < steps; step++)
            Step(x, t, η);

        return Error(x, t);
    }

    /// <summary>2(O⁽ⁿ⁾ − T)ᵀ·Π [diag(Fₖ′)W⁽ᵏ⁾ for k = n down to i+1]·diag(Fᵢ′) [1, Nᵢ].</summary>
    double[,] RowOfErrors(int i, double[][,] o, double[] t)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(i, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(i, N);
        double[,] row = Algebra.Scale(2, Algebra.Transpose(Algebra.Difference(o[N], Algebra.Column(t))));
        for (int k = N; k >= i + 1; k--)
            row = Algebra.Product(row, Algebra.Product(DiagonalDerivative(_f[k - 1], Argument(k, o)), _w[k - 1]));

        return Algebra.Product(row, DiagonalDerivative(_f[i - 1], Argument(i, o)));
    }

    double[,] Argument(int i, double[][,] o) => Algebra.Difference(Algebra.Product(_w[i - 1], o[i - 1]), _b[i - 1]);
}
