using System.Numerics;
using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// A network of "likelihood" run by the engine: W, b, V and c are the engine's own, Ln is −e under the sum over rows. Rows n,
/// features d, hidden neurons m and outputs k from 0.
/// </summary>
sealed class LikelihoodCase
{
    readonly double[,] _z;
    readonly double[,] _a;
    readonly double[,] _y;

    public LikelihoodCase(
        double[,] w, double[] b, double[,] v, double[] c, Function f, LikelihoodOutput g, double[,] x, double[,] t)
    {
        (W, B, V, C, Hidden, Output, AllX, AllT) = (w, b, v, c, f, g, x, t);
        Engine = new EngineCase(
            [w, v], [b, c],
            [
                [.. b.Select(_ => f)],
                [.. c.Select(_ => g == LikelihoodOutput.Logistic ? Function.Logistic : Function.Linear)],
            ],
            x, t, LossOf(g), Reduction.Sum, g == LikelihoodOutput.Softmax);
        (_z, _a, _y) = (Engine.X(1), Engine.U(2), Engine.X(2));
    }

    public EngineCase Engine { get; }

    public double[,] W { get; }

    public double[] B { get; }

    public double[,] V { get; }

    public double[] C { get; }

    public Function Hidden { get; }

    public LikelihoodOutput Output { get; }

    public double[,] AllX { get; }

    public double[,] AllT { get; }

    public int N => AllX.GetLength(0);

    public int D => W.GetLength(0);

    public int M => W.GetLength(1);

    public int K => V.GetLength(1);

    /// <summary>
    /// Five rows through 2 features, 4 hidden neurons and 3 outputs. The targets are between 0 and 1; for softmax each row's
    /// sum is 1, and the first row is a class.
    /// </summary>
    public static LikelihoodCase Of(Function f, LikelihoodOutput g = LikelihoodOutput.Softmax, double targetSum = 1)
    {
        double[,] t = Algebra.Map(value => (value + 1) / 2, Numbers.Matrix(75, 5, 3));
        if (g == LikelihoodOutput.Softmax)
        {
            for (int k = 0; k < 3; k++)
                t[0, k] = k == 1 ? 1 : 0;
            for (int n = 0; n < 5; n++)
            {
                double sum = t[n, 0] + t[n, 1] + t[n, 2];
                for (int k = 0; k < 3; k++)
                    t[n, k] *= targetSum / sum;
            }
        }

        double[,] w = Numbers.Matrix(70, 2, 4, 1.5);
        double[,] x = Numbers.Matrix(74, 5, 2);
        return new LikelihoodCase(w, AwayFromKinks(w, x), Numbers.Matrix(72, 4, 3, 1.5), Numbers.Vector(73, 3), f, g, x, t);
    }

    /// <summary>The same network on other targets, under another loss.</summary>
    public EngineCase WithTargets(double[,] t, Loss loss) => new(
        [W, V], [B, C], Engine.Functions, AllX, t, loss, Reduction.Sum, Engine.Network.HasSoftmax);

    /// <summary>zₘ of row n, the engine's X of the hidden layer.</summary>
    public double Z(int n, int m) => _z[n, m];

    /// <summary>aₖ of row n, the engine's U of the output layer.</summary>
    public double A(int n, int k) => _a[n, k];

    /// <summary>yₖ of row n, the engine's output.</summary>
    public double Y(int n, int k) => _y[n, k];

    public double X(int n, int d) => AllX[n, d];

    public double T(int n, int k) => AllT[n, k];

    public static double Delta(int k, int k1) => k == k1 ? 1 : 0;

    /// <summary>∂Ln/∂Vₘₖ by the engine.</summary>
    public double EngineV(int m, int k) => -Engine.Flow.Layers[1].WeightGradient[m, k];

    /// <summary>∂Ln/∂W_dm by the engine.</summary>
    public double EngineW(int d, int m) => -Engine.Flow.Layers[0].WeightGradient[d, m];

    /// <summary>∂Ln/∂cₖ by the engine.</summary>
    public double EngineC(int k) => -Engine.Flow.Layers[1].BiasGradient![0, k];

    /// <summary>∂Ln/∂bₘ by the engine.</summary>
    public double EngineB(int m) => -Engine.Flow.Layers[0].BiasGradient![0, m];

    /// <summary>∂(tₖ′ ln yₖ′)/∂yₖ′ of row n by a complex step; Ln has no other term with this yₖ′.</summary>
    public double PartialLnY(int n, int k1) => ComplexStep.Derivative(y => T(n, k1) * Complex.Log(y), Y(n, k1));

    /// <summary>∂yₖ′/∂aₖ of row n by a complex step through softmax.</summary>
    public double PartialYA(int n, int k1, int k) =>
        ComplexStep.Derivative(a => Softmax(Enumerable.Range(0, K).Select(i => i == k ? a : A(n, i)))[k1], A(n, k));

    /// <summary>∂aₖ/∂Vₘₖ of row n by a complex step.</summary>
    public double PartialAV(int n, int m, int k) => ComplexStep.Derivative(
        v => Enumerable.Range(0, M).Aggregate((Complex)C[k], (sum, i) => sum + (i == m ? v : V[i, k]) * Z(n, i)), V[m, k]);

    /// <summary>∂aₖ/∂zₘ of row n by a complex step.</summary>
    public double PartialAZ(int n, int k, int m) => ComplexStep.Derivative(
        z => Enumerable.Range(0, M).Aggregate((Complex)C[k], (sum, i) => sum + V[i, k] * (i == m ? z : Z(n, i))), Z(n, m));

    /// <summary>∂zₘ/∂W_dm of row n by a complex step.</summary>
    public double PartialZW(int n, int d, int m) => ComplexStep.Derivative(w => ZOf(n, m, d, w), W[d, m]);

    /// <summary>∂(tₖ′ ln yₖ′)/∂Vₘₖ of row n by one complex step through all.</summary>
    public double PartialLnV(int n, int k1, int m, int k) => ComplexStep.Derivative(
        v => T(n, k1) * Complex.Log(
            Softmax(Enumerable.Range(0, K).Select(i => i == k ? A(n, k) + (v - V[m, k]) * Z(n, m) : A(n, i)))[k1]),
        V[m, k]);

    /// <summary>∂(tₖ′ ln yₖ′)/∂W_dm of row n by one complex step through all.</summary>
    public double PartialLnW(int n, int k1, int d, int m) => ComplexStep.Derivative(
        w => T(n, k1) * Complex.Log(Softmax(AWith(n, d, m, w))[k1]), W[d, m]);

    /// <summary>∂aₖ/∂W_dm of row n by one complex step.</summary>
    public double PartialAW(int n, int k, int d, int m) => ComplexStep.Derivative(w => AWith(n, d, m, w)[k], W[d, m]);

    /// <summary>∂(Σₖ′ tₖ′ ln yₖ′)/∂aₖ of row n by a complex step.</summary>
    public double PartialLnA(int n, int k) => ComplexStep.Derivative(
        a =>
        {
            Complex[] y = Softmax(Enumerable.Range(0, K).Select(i => i == k ? a : A(n, i)));
            return Enumerable.Range(0, K).Aggregate(Complex.Zero, (sum, k1) => sum + T(n, k1) * Complex.Log(y[k1]));
        },
        A(n, k));

    /// <summary>∂Ln/∂V by extrapolated differences of the document's own Ln.</summary>
    public double[,] DifferencesV() => ByDifferences((w, b, v, c) => v);

    /// <summary>∂Ln/∂W by extrapolated differences of the document's own Ln.</summary>
    public double[,] DifferencesW() => ByDifferences((w, b, v, c) => w);

    /// <summary>∂Ln/∂b by extrapolated differences of the document's own Ln.</summary>
    public double[] DifferencesB() => Numbers.RowOf(ByDifferences((w, b, v, c) => b), 0);

    /// <summary>∂Ln/∂c by extrapolated differences of the document's own Ln.</summary>
    public double[] DifferencesC() => Numbers.RowOf(ByDifferences((w, b, v, c) => c), 0);

    public Likelihood Textbook() => new(W, B, V, C, Hidden, Output);

    /// <summary>
    /// Biases under which no ΣWx + b is so near to 0, relu's kink, that a difference's first step of 1/32
    /// reaches it.
    /// </summary>
    static double[] AwayFromKinks(double[,] w, double[,] x)
    {
        double[,] sums = Algebra.Product(x, w);
        for (int seed = 71; ; seed += 100)
        {
            double[] b = Numbers.Vector(seed, w.GetLength(1));
            IEnumerable<double> u = from n in Enumerable.Range(0, x.GetLength(0))
                                    from m in Enumerable.Range(0, b.Length)
                                    select sums[n, m] + b[m];
            if (u.All(each => Math.Abs(each) > 1.0 / 16))
                return b;
        }
    }

    double[,] ByDifferences(Func<double[,], double[,], double[,], double[,], double[,]> choose)
    {
        double[,] w = (double[,])W.Clone();
        double[,] b = Numbers.Row(B);
        double[,] v = (double[,])V.Clone();
        double[,] c = Numbers.Row(C);
        return Differences.Gradient(
            () => new Likelihood(w, Numbers.RowOf(b, 0), v, Numbers.RowOf(c, 0), Hidden, Output).Ln(AllX, AllT),
            choose(w, b, v, c));
    }

    static Loss LossOf(LikelihoodOutput g) => g switch
    {
        LikelihoodOutput.Softmax => Loss.SoftmaxCrossEntropy(),
        LikelihoodOutput.Logistic => Loss.LogisticCrossEntropy(),
        _ => Loss.HalfSquared,
    };

    Complex[] AWith(int n, int d, int m, Complex w) =>
        [.. Enumerable.Range(0, K).Select(k => A(n, k) + V[m, k] * (ZOf(n, m, d, w) - Z(n, m)))];

    Complex ZOf(int n, int m, int d, Complex w) => ComplexStep.Value(
        Hidden, Enumerable.Range(0, D).Aggregate((Complex)B[m], (sum, i) => sum + (i == d ? w : W[i, m]) * X(n, i)));

    static Complex[] Softmax(IEnumerable<Complex> a)
    {
        Complex[] e = [.. a.Select(Complex.Exp)];
        Complex sum = e.Aggregate(Complex.Zero, (s, each) => s + each);
        return [.. e.Select(each => each / sum)];
    }
}
