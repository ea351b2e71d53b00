namespace Backprop.Textbook;

/// <summary>
/// "scalars", section 2.2, mended: oⱼ⁽ⁱ⁾ = fᵢ,ⱼ(Σₖ wⱼₖ⁽ⁱ⁾oₖ⁽ⁱ⁻¹⁾ − bⱼ⁽ⁱ⁾) with a function for every neuron,
/// e = Σⱼ (tⱼ − oⱼ⁽ⁿ⁾)², and a weight's derivative as the sum over all paths from its neuron to the outputs.
/// There are Nᵢ₊₁·Nᵢ₊₂·…·Nₙ of them, a number exponential in the depth; that each is walked here, by itself, shows what the
/// error flow saves. Only for small networks.
/// Layers i count from 1 and o⁽⁰⁾ = x, as the document counts; neurons j, k count from 0, as arrays do.
/// </summary>
public sealed class PathSums
{
    readonly double[][,] _w;
    readonly double[][] _b;
    readonly Function[][] _f;

    /// <summary>A network of n layers.</summary>
    /// <param name="w">w⁽¹⁾ … w⁽ⁿ⁾, each [Nᵢ, Nᵢ₋₁].</param>
    /// <param name="b">b⁽¹⁾ … b⁽ⁿ⁾, each of length Nᵢ.</param>
    /// <param name="f">fᵢ,ⱼ of every neuron.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public PathSums(double[][,] w, double[][] b, Function[][] f)
    {
        Shapes.ThrowUnlessChain(w, b, f);
        _w = [.. w.Select(matrix => (double[,])matrix.Clone())];
        _b = [.. b.Select(layer => layer.ToArray())];
        _f = [.. f.Select(layer => layer.ToArray())];
    }

    /// <summary>n, the number of layers.</summary>
    public int N => _w.Length;

    /// <summary>w⁽¹⁾ … w⁽ⁿ⁾, copies.</summary>
    public double[][,] W => [.. _w.Select(matrix => (double[,])matrix.Clone())];

    /// <summary>b⁽¹⁾ … b⁽ⁿ⁾, copies.</summary>
    public double[][] B => [.. _b.Select(layer => layer.ToArray())];

    /// <summary>o⁽⁰⁾ = x, o⁽¹⁾ … o⁽ⁿ⁾: "scalars 2.2-1".</summary>
    public double[][] Outputs(double[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var o = new double[N + 1][];
        o[0] = [.. x];
        for (int i = 1; i <= N; i++)
        {
            o[i] = new double[Width(i)];
            for (int j = 0; j < Width(i); j++)
                o[i][j] = F(i, j).Value(Argument(i, j, o));
        }

        return o;
    }

    /// <summary>e = Σⱼ (tⱼ − oⱼ⁽ⁿ⁾)²: "scalars 2.2-2".</summary>
    public double Error(double[] x, double[] t)
    {
        ArgumentNullException.ThrowIfNull(t);
        double[] o = Outputs(x)[N];
        double e = 0;
        for (int j = 0; j < o.Length; j++)
            e += (t[j] - o[j]) * (t[j] - o[j]);

        return e;
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

    /// <summary>How many paths lead from a neuron of layer i to the outputs: Nᵢ₊₁·Nᵢ₊₂·…·Nₙ, and 1 from an output.</summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public long PathCount(int i)
    {
        ThrowUnlessLayer(i);
        long count = 1;
        for (int m = i + 1; m <= N; m++)
            count *= Width(m);

        return count;
    }

    /// <summary>How many paths all of one row's derivatives by weights walk together.</summary>
    public long PathCount()
    {
        long count = 0;
        for (int i = 1; i <= N; i++)
            count += _w[i - 1].Length * PathCount(i);

        return count;
    }

    /// <summary>
    /// Every path from neuron j of layer i to the outputs, each as kᵢ, kᵢ₊₁ … kₙ with kᵢ = j: what the sums over kₙ, kₙ₋₁ …
    /// kᵢ₊₁ of "scalars 2.2-5" run over. There is no sum over kᵢ: the weight's own neuron is the only one that it reaches.
    /// </summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="j">The neuron.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public IEnumerable<int[]> Paths(int i, int j)
    {
        ThrowUnlessLayer(i);
        IEnumerable<int[]> paths = [[j]];
        for (int m = i + 1; m <= N; m++)
        {
            int width = Width(m);
            paths = paths.SelectMany(path => Enumerable.Range(0, width).Select(k => (int[])[.. path, k]));
        }

        return paths;
    }

    /// <summary>
    /// ∂e/∂wⱼₖ⁽ⁱ⁾ = 2 Σ over the paths kᵢ = j, kᵢ₊₁ … kₙ of (oₖₙ⁽ⁿ⁾ − tₖₙ)·Π [f′ₘ,ₖₘ·w⁽ᵐ⁾ₖₘ,ₖₘ₋₁ for m = n … i+1]·f′ᵢ,ⱼ·oₖ⁽ⁱ⁻¹⁾:
    /// "scalars 2.2-5".
    /// </summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="j">The neuron that the weight leads to.</param>
    /// <param name="k">The neuron of layer i − 1 that it leads from.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double WeightGradient(int i, int j, int k, double[] x, double[] t)
    {
        double[][] o = Outputs(x);
        return 2 * Paths(i, j).Sum(path => PathTerm(path, i, o, t) * o[i - 1][k]);
    }

    /// <summary>
    /// What is multiplied along one path, as "scalars 2.2-5" has it: oₖₙ⁽ⁿ⁾ − tₖₙ, f′ₙ,ₖₙ, w⁽ⁿ⁾ₖₙ,ₖₙ₋₁, f′ₙ₋₁,ₖₙ₋₁ … f′ᵢ,ⱼ and
    /// oₖ⁽ⁱ⁻¹⁾.
    /// </summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="path">kᵢ = j, kᵢ₊₁ … kₙ, as <see cref="Paths"/> gives it.</param>
    /// <param name="k">The neuron of layer i − 1 that the weight leads from.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double[] Factors(int i, int[] path, int k, double[] x, double[] t)
    {
        ArgumentNullException.ThrowIfNull(path);
        ThrowUnlessLayer(i);
        double[][] o = Outputs(x);
        return [.. PathFactors(path, i, o, t), o[i - 1][k]];
    }

    /// <summary>∂e/∂bⱼ⁽ⁱ⁾, minus the same sum without oₖ⁽ⁱ⁻¹⁾; the document prints none.</summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="j">The neuron.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double BiasGradient(int i, int j, double[] x, double[] t)
    {
        double[][] o = Outputs(x);
        return -2 * Paths(i, j).Sum(path => PathTerm(path, i, o, t));
    }

    /// <summary>∂e/∂w⁽ⁱ⁾ [Nᵢ, Nᵢ₋₁], every weight by itself.</summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double[,] WeightGradient(int i, double[] x, double[] t)
    {
        ThrowUnlessLayer(i);
        var gradient = new double[Width(i), _w[i - 1].GetLength(1)];
        for (int j = 0; j < gradient.GetLength(0); j++)
        {
            for (int k = 0; k < gradient.GetLength(1); k++)
                gradient[j, k] = WeightGradient(i, j, k, x, t);
        }

        return gradient;
    }

    /// <summary>∂e/∂b⁽ⁱ⁾, every neuron by itself.</summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double[] BiasGradient(int i, double[] x, double[] t)
    {
        ThrowUnlessLayer(i);
        return [.. Enumerable.Range(0, Width(i)).Select(j => BiasGradient(i, j, x, t))];
    }

    /// <summary>
    /// One step, Δwⱼₖ⁽ⁱ⁾ = −η ∂e/∂wⱼₖ⁽ⁱ⁾ ("scalars 2.2-7", "scalars 2.2-8") and the biases likewise, summed over the rows, all
    /// from the old numbers.
    /// </summary>
    /// <param name="x">[rows, N₀].</param>
    /// <param name="t">[rows, Nₙ].</param>
    /// <param name="η">η.</param>
    public void Step(double[,] x, double[,] t, double η)
    {
        Shapes.ThrowUnlessSameRows(x, t);
        double[][,] w = W;
        double[][] b = B;
        for (int row = 0; row < x.GetLength(0); row++)
        {
            double[] input = Shapes.Row(x, row);
            double[] target = Shapes.Row(t, row);
            for (int i = 1; i <= N; i++)
            {
                w[i - 1] = Algebra.Sum(w[i - 1], Algebra.Scale(-η, WeightGradient(i, input, target)));
                double[] slope = BiasGradient(i, input, target);
                for (int j = 0; j < Width(i); j++)
                    b[i - 1][j] -= η * slope[j];
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

    /// <summary>(oₖₙ⁽ⁿ⁾ − tₖₙ)·f′ₙ,ₖₙ·w⁽ⁿ⁾ₖₙ,ₖₙ₋₁·…·f′ᵢ,ⱼ of one path kᵢ … kₙ.</summary>
    double PathTerm(int[] path, int i, double[][] o, double[] t) =>
        PathFactors(path, i, o, t).Aggregate(1.0, (product, factor) => product * factor);

    IEnumerable<double> PathFactors(int[] path, int i, double[][] o, double[] t)
    {
        int output = path[^1];
        yield return o[N][output] - t[output];
        for (int m = N; m >= i + 1; m--)
        {
            int k = path[m - i];
            yield return F(m, k).Derivative(Argument(m, k, o));
            yield return _w[m - 1][k, path[m - i - 1]];
        }

        yield return F(i, path[0]).Derivative(Argument(i, path[0], o));
    }

    double Argument(int i, int j, double[][] o)
    {
        double u = 0;
        for (int k = 0; k < o[i - 1].Length; k++)
            u += _w[i - 1][j, k] * o[i - 1][k];

        return u - _b[i - 1][j];
    }

    int Width(int i) => _f[i - 1].Length;

    Function F(int i, int j) => _f[i - 1][j];

    void ThrowUnlessLayer(int i)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(i, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(i, N);
    }
}
