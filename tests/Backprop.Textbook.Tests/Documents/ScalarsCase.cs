using System.Numerics;
using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// A network of "scalars" run by the engine: its w⁽ⁱ⁾ are the engine's W transposed, its b⁽ⁱ⁾ the engine's b with the other sign,
/// its e of a row the engine's ℓ, summed over the rows. Layers i = 1 … n, neurons j, k and rows r from 0.
/// </summary>
sealed class ScalarsCase
{
    readonly double[,] _x;
    readonly double[,] _t;
    readonly double[][,] _u;
    readonly double[][,] _o;

    public ScalarsCase(double[][,] w, double[][] b, Function[][] f, double[,] x, double[,] t)
    {
        (W, B, F, _x, _t) = (w, b, f, x, t);
        Engine = new EngineCase(
            [.. w.Select(Algebra.Transpose)], [.. b.Select(layer => layer.Select(value => -value).ToArray())], f, x, t,
            Loss.Squared);
        _u = [.. Enumerable.Range(0, N + 1).Select(i => i == 0 ? x : Engine.U(i))];
        _o = [.. Enumerable.Range(0, N + 1).Select(Engine.X)];
    }

    public EngineCase Engine { get; }

    /// <summary>w⁽¹⁾ … w⁽ⁿ⁾ as they were given to the engine, each [Nᵢ, Nᵢ₋₁].</summary>
    public double[][,] W { get; }

    /// <summary>b⁽¹⁾ … b⁽ⁿ⁾ of the document, which subtracts them.</summary>
    public double[][] B { get; }

    public Function[][] F { get; }

    public int N => W.Length;

    public int Rows => _x.GetLength(0);

    /// <summary>Layers of one neuron each, a function of its own for each layer, three rows.</summary>
    public static ScalarsCase Chain(int n)
    {
        Function[] functions = [Function.Tanh, Function.Logistic, Function.Sine, Function.Softplus];
        var layers = Enumerable.Range(0, n);
        return new ScalarsCase(
            [.. layers.Select(i => Algebra.Map(w => w + 1.5, Numbers.Matrix(i + 1, 1, 1, 0.5)))],
            [.. layers.Select(i => Numbers.Vector(i + 20, 1))],
            [.. layers.Select(i => new[] { functions[(i + 4 - n) % 4] })],
            Numbers.Matrix(31, 3, 1), Numbers.Matrix(32, 3, 1));
    }

    /// <summary>Layers 2 → 4 → 3 → 5, neurons with functions of their own, four rows.</summary>
    public static ScalarsCase Wide() => Layered(
        [2, 4, 3, 5],
        [
            [Function.Tanh, Function.Logistic, Function.Sine, Function.Softplus],
            [Function.Softplus, Function.Tanh, Function.Linear],
            [Function.Sine, Function.Linear, Function.Logistic, Function.Tanh, Function.Softplus],
        ]);

    /// <summary>Layers of the given widths.</summary>
    public static ScalarsCase Layered(int[] widths, Function[][] f, int rows = 4)
    {
        var layers = Enumerable.Range(1, widths.Length - 1);
        return new ScalarsCase(
            [.. layers.Select(i => Numbers.Matrix(40 + i, widths[i], widths[i - 1]))],
            [.. layers.Select(i => Numbers.Vector(50 + i, widths[i]))], f,
            Numbers.Matrix(61, rows, widths[0]), Numbers.Matrix(62, rows, widths[^1]));
    }

    /// <summary>
    /// The same network on targets t = o⁽ⁿ⁾ − ½, under which ∂e/∂o⁽ⁿ⁾ = 2(o⁽ⁿ⁾ − t) = 1: ∂e/∂w is
    /// then Σ ∂o/∂w.
    /// </summary>
    public ScalarsCase WithUnitErrors() => new(W, B, F, _x, Algebra.Map(o => o - 0.5, _o[N]));

    public int Width(int i) => _o[i].GetLength(1);

    /// <summary>oⱼ⁽ⁱ⁾, the engine's X; o⁽⁰⁾ is the input.</summary>
    public double O(int i, int r, int j = 0) => _o[i][r, j];

    /// <summary>What f is taken of, the engine's U.</summary>
    public double U(int i, int r, int j = 0) => _u[i][r, j];

    public double X(int r, int k = 0) => _x[r, k];

    public double T(int r, int j = 0) => _t[r, j];

    public double[] RowX(int r) => Numbers.RowOf(_x, r);

    public double[] RowT(int r) => Numbers.RowOf(_t, r);

    /// <summary>f′ᵢ,ⱼ at the engine's U.</summary>
    public double Slope(int i, int r, int j = 0) => F[i - 1][j].Derivative(U(i, r, j));

    public double Weight(int i, int j = 0, int k = 0) => W[i - 1][j, k];

    /// <summary>The engine's ∂e/∂wⱼₖ⁽ⁱ⁾, over all rows.</summary>
    public double EngineW(int i, int j = 0, int k = 0) => Engine.Flow.Layers[i - 1].WeightGradient[k, j];

    /// <summary>The engine's ∂e/∂bⱼ⁽ⁱ⁾ of the document's b.</summary>
    public double EngineB(int i, int j = 0) => -Engine.Flow.Layers[i - 1].BiasGradient![0, j];

    /// <summary>∂e/∂oⱼ⁽ⁿ⁾ of one row by a complex step through (t − o)².</summary>
    public double PartialE(int r, int j = 0) => ComplexStep.Derivative(o => (T(r, j) - o) * (T(r, j) - o), O(N, r, j));

    /// <summary>∂oⱼ⁽ⁱ⁾/∂oₖ⁽ⁱ⁻¹⁾ of one row by a complex step through f(Σwo − b).</summary>
    public double PartialO(int i, int r, int j = 0, int k = 0) =>
        ComplexStep.Derivative(o => ComplexStep.Value(F[i - 1][j], Sum(i, r, j, (k, o), null)), O(i - 1, r, k));

    /// <summary>∂oⱼ⁽ⁱ⁾/∂wⱼₖ⁽ⁱ⁾ of one row by a complex step through f(Σwo − b).</summary>
    public double PartialW(int i, int r, int j = 0, int k = 0) =>
        ComplexStep.Derivative(w => ComplexStep.Value(F[i - 1][j], Sum(i, r, j, null, (k, w))), Weight(i, j, k));

    /// <summary>∂oⱼ⁽ⁱ⁾/∂bⱼ⁽ⁱ⁾ of one row by a complex step through f(Σwo − b).</summary>
    public double PartialB(int i, int r, int j = 0) => ComplexStep.Derivative(
        b => ComplexStep.Value(F[i - 1][j], Sum(i, r, j, null, null) + B[i - 1][j] - b), B[i - 1][j]);

    /// <summary>e of all rows where one number of the network is another, computed by the document's own system.</summary>
    public double ErrorWith(Action<double[][,], double[][]> change)
    {
        double[][,] w = [.. W.Select(matrix => (double[,])matrix.Clone())];
        double[][] b = [.. B.Select(layer => layer.ToArray())];
        change(w, b);
        return new PathSums(w, b, F).Error(_x, _t);
    }

    /// <summary>∂e/∂wⱼₖ⁽ⁱ⁾ of all rows by extrapolated differences of the document's own e.</summary>
    public double DifferenceW(int i, int j = 0, int k = 0) =>
        Differences.Derivative(value => ErrorWith((w, _) => w[i - 1][j, k] = value), Weight(i, j, k));

    /// <summary>∂e/∂bⱼ⁽ⁱ⁾ of all rows by extrapolated differences of the document's own e.</summary>
    public double DifferenceB(int i, int j = 0) =>
        Differences.Derivative(value => ErrorWith((_, b) => b[i - 1][j] = value), B[i - 1][j]);

    /// <summary>∂e/∂w⁽ⁱ⁾ [Nᵢ, Nᵢ₋₁] of all rows by extrapolated differences.</summary>
    public double[,] DifferencesW(int i) => Of(Width(i), Width(i - 1), (j, k) => DifferenceW(i, j, k));

    /// <summary>∂e/∂w⁽ⁱ⁾ [Nᵢ, Nᵢ₋₁] by the engine.</summary>
    public double[,] EngineMatrix(int i) => Of(Width(i), Width(i - 1), (j, k) => EngineW(i, j, k));

    /// <summary>O⁽ⁱ⁾ of one row, a column.</summary>
    public double[,] Column(int i, int r = 0) => Of(Width(i), 1, (j, _) => O(i, r, j));

    /// <summary>What Fᵢ is taken of for one row, a column.</summary>
    public double[,] Argument(int i, int r = 0) => Of(Width(i), 1, (j, _) => U(i, r, j));

    /// <summary>A matrix of a function of its indices.</summary>
    public static double[,] Of(int rows, int columns, Func<int, int, double> element)
    {
        var matrix = new double[rows, columns];
        for (int j = 0; j < rows; j++)
        {
            for (int k = 0; k < columns; k++)
                matrix[j, k] = element(j, k);
        }

        return matrix;
    }

    /// <summary>The change of wⱼₖ⁽ⁱ⁾ by one step of the engine's updater.</summary>
    public double UpdateOf(int i, int j, int k, double η) => Engine.AfterUpdate(η).Weights[i - 1][k, j] - Weight(i, j, k);

    /// <summary>The change of wⱼₖ⁽ⁱ⁾ by one step of the engine's trainer.</summary>
    public double TrainingOf(int i, int j, int k, double η) => Engine.AfterTraining(η, 1).Weights[i - 1][k, j] - Weight(i, j, k);

    public MatrixChain Matrices() => new(W, B, F);

    public PathSums Paths() => new(W, B, F);

    public ScalarChain Scalars() => new([.. W.Select(w => w[0, 0])], [.. B.Select(b => b[0])], [.. F.Select(f => f[0])]);

    public double[,] AllX => _x;

    public double[,] AllT => _t;

    Complex Sum(int i, int r, int j, (int K, Complex Value)? o, (int K, Complex Value)? w)
    {
        Complex sum = -B[i - 1][j];
        for (int k = 0; k < Width(i - 1); k++)
            sum += (w is { } ww && ww.K == k ? ww.Value : Weight(i, j, k))
                * (o is { } oo && oo.K == k ? oo.Value : O(i - 1, r, k));

        return sum;
    }
}
