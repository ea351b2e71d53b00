namespace Backprop.Textbook;

/// <summary>
/// "likelihood", mended: one hidden layer zₘ = f(Σ_d W_dm x_d + bₘ), aₖ = Σₘ Vₘₖzₘ + cₖ, y = g(a), and training that climbs the
/// logarithm of the likelihood, Ln, of all N rows: what it adds is +α ∂Ln/∂W. Indices count from 0, as arrays do.
/// </summary>
public sealed class Likelihood
{
    readonly double[,] _w;
    readonly double[] _b;
    readonly double[,] _v;
    readonly double[] _c;
    readonly Function _f;

    /// <summary>A network with one hidden layer.</summary>
    /// <param name="w">W [D, M], from the inputs to the hidden neurons.</param>
    /// <param name="b">b [M], the biases of the hidden neurons.</param>
    /// <param name="v">V [M, K], from the hidden neurons to the outputs.</param>
    /// <param name="c">c [K], the biases of a.</param>
    /// <param name="f">f of the hidden neurons: logistic, tanh, ReLU or another.</param>
    /// <param name="g">g of the outputs.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Likelihood(double[,] w, double[] b, double[,] v, double[] c, Function f, LikelihoodOutput g)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(v);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(f);
        if (b.Length != w.GetLength(1) || v.GetLength(0) != w.GetLength(1) || c.Length != v.GetLength(1))
        {
            throw new ArgumentException(
                $"W [{w.GetLength(0)}, {w.GetLength(1)}], b [{b.Length}], V [{v.GetLength(0)}, {v.GetLength(1)}] "
                + $"and c [{c.Length}] do not fit.");
        }

        (_w, _b, _v, _c, _f, Output) = ((double[,])w.Clone(), [.. b], (double[,])v.Clone(), [.. c], f, g);
    }

    /// <summary>D, the number of features.</summary>
    public int D => _w.GetLength(0);

    /// <summary>M, the number of hidden neurons.</summary>
    public int M => _w.GetLength(1);

    /// <summary>K, the number of outputs.</summary>
    public int K => _v.GetLength(1);

    /// <summary>g.</summary>
    public LikelihoodOutput Output { get; }

    /// <summary>W [D, M], a copy.</summary>
    public double[,] W => (double[,])_w.Clone();

    /// <summary>b [M], a copy.</summary>
    public double[] B => [.. _b];

    /// <summary>V [M, K], a copy.</summary>
    public double[,] V => (double[,])_v.Clone();

    /// <summary>c [K], a copy.</summary>
    public double[] C => [.. _c];

    /// <summary>y = softmax(a), yₖ = e^aₖ / Σᵢ e^aᵢ, from a − max a against overflow: "likelihood 5", "likelihood 6".</summary>
    public static double[] Softmax(double[] a)
    {
        ArgumentNullException.ThrowIfNull(a);
        double max = a.Max();
        double[] e = [.. a.Select(ak => Math.Exp(ak - max))];
        double sum = e.Sum();
        return [.. e.Select(ek => ek / sum)];
    }

    /// <summary>∂yₖ′/∂aₖ = yₖ′(δₖₖ′ − yₖ), row k′ and column k [K, K]: "likelihood 12".</summary>
    public static double[,] SoftmaxJacobian(double[] y)
    {
        ArgumentNullException.ThrowIfNull(y);
        var jacobian = new double[y.Length, y.Length];
        for (int k1 = 0; k1 < y.Length; k1++)
        {
            for (int k = 0; k < y.Length; k++)
                jacobian[k1, k] = y[k1] * (Delta(k, k1) - y[k]);
        }

        return jacobian;
    }

    /// <summary>z of one row, zₘ = f(Σ_d W_dm x_d + bₘ): "likelihood 3".</summary>
    public double[] Z(double[] x)
    {
        double[] u = U(x);
        return [.. u.Select(_f.Value)];
    }

    /// <summary>a of one row, aₖ = Σₘ Vₘₖzₘ + cₖ: "likelihood 4".</summary>
    public double[] A(double[] x)
    {
        double[] z = Z(x);
        var a = new double[K];
        for (int k = 0; k < K; k++)
        {
            for (int m = 0; m < M; m++)
                a[k] += _v[m, k] * z[m];
            a[k] += _c[k];
        }

        return a;
    }

    /// <summary>y = g(a) of one row: "likelihood 5".</summary>
    public double[] Y(double[] x) => Output switch
    {
        LikelihoodOutput.Softmax => Softmax(A(x)),
        LikelihoodOutput.Logistic => [.. A(x).Select(Function.Logistic.Value)],
        _ => A(x),
    };

    /// <summary>
    /// Ln of all rows: Σₙ Σₖ t ln y of "likelihood 2" for softmax, and what <see cref="LikelihoodOutput"/> says for the others.
    /// </summary>
    /// <param name="x">[N, D].</param>
    /// <param name="t">[N, K]; for softmax a distribution in each row, else 0 to 1 (logistic) or any numbers (linear).</param>
    public double Ln(double[,] x, double[,] t)
    {
        ThrowUnlessFits(x, t);
        double ln = 0;
        for (int n = 0; n < x.GetLength(0); n++)
        {
            double[] a = A(Shapes.Row(x, n));
            double max = a.Max();
            double lnSum = max + Math.Log(a.Sum(ai => Math.Exp(ai - max)));
            for (int k = 0; k < K; k++)
            {
                ln += Output switch
                {
                    LikelihoodOutput.Softmax => t[n, k] == 0 ? 0 : t[n, k] * (a[k] - lnSum),
                    LikelihoodOutput.Logistic =>
                        -t[n, k] * Function.Softplus.Value(-a[k]) - (1 - t[n, k]) * Function.Softplus.Value(a[k]),
                    _ => -(t[n, k] - a[k]) * (t[n, k] - a[k]) / 2,
                };
            }
        }

        return ln;
    }

    /// <summary>
    /// ∂Ln/∂aₖ of one row. Softmax: Σₖ′ tₖ′(δₖₖ′ − yₖ), the Jacobian's row summed as "likelihood 13" has it; it is tₖ − yₖ where
    /// the targets' sum is 1. Logistic and linear: tₖ − yₖ.
    /// </summary>
    /// <param name="x">[D].</param>
    /// <param name="t">[K].</param>
    public double[] OutputErrors(double[] x, double[] t)
    {
        ArgumentNullException.ThrowIfNull(t);
        double[] y = Y(x);
        var errors = new double[K];
        for (int k = 0; k < K; k++)
        {
            if (Output == LikelihoodOutput.Softmax)
            {
                for (int k1 = 0; k1 < K; k1++)
                    errors[k] += t[k1] * (Delta(k, k1) - y[k]);
            }
            else
            {
                errors[k] = t[k] - y[k];
            }
        }

        return errors;
    }

    /// <summary>
    /// ∂Ln/∂Vₘₖ = Σₙ (∂Ln/∂aₖ)zₘ ("likelihood 18"), ∂Ln/∂W_dm = Σₙ Σₖ (∂Ln/∂aₖ)Vₘₖ f′ x_d ("likelihood 30", whose z(1 − z) is f′
    /// of the logistic function), and without the last factor those by c and b, which the document leaves out.
    /// </summary>
    /// <param name="x">[N, D].</param>
    /// <param name="t">[N, K].</param>
    public LikelihoodGradient Gradient(double[,] x, double[,] t)
    {
        ThrowUnlessFits(x, t);
        var gradient = new LikelihoodGradient(new double[D, M], new double[M], new double[M, K], new double[K]);
        for (int n = 0; n < x.GetLength(0); n++)
        {
            double[] xn = Shapes.Row(x, n);
            double[] u = U(xn);
            double[] z = Z(xn);
            double[] errors = OutputErrors(xn, Shapes.Row(t, n));
            for (int m = 0; m < M; m++)
            {
                double back = 0;
                for (int k = 0; k < K; k++)
                {
                    gradient.V[m, k] += errors[k] * z[m];
                    back += errors[k] * _v[m, k] * _f.Derivative(u[m]);
                }

                for (int d = 0; d < D; d++)
                    gradient.W[d, m] += back * xn[d];
                gradient.B[m] += back;
            }

            for (int k = 0; k < K; k++)
                gradient.C[k] += errors[k];
        }

        return gradient;
    }

    /// <summary>One step upwards, V + α ∂Ln/∂V ("likelihood 7") and W + α ∂Ln/∂W ("likelihood 8"), b and c likewise.</summary>
    /// <param name="x">[N, D].</param>
    /// <param name="t">[N, K].</param>
    /// <param name="α">α.</param>
    public void Step(double[,] x, double[,] t, double α)
    {
        LikelihoodGradient gradient = Gradient(x, t);
        for (int m = 0; m < M; m++)
        {
            for (int d = 0; d < D; d++)
                _w[d, m] += α * gradient.W[d, m];
            for (int k = 0; k < K; k++)
                _v[m, k] += α * gradient.V[m, k];
            _b[m] += α * gradient.B[m];
        }

        for (int k = 0; k < K; k++)
            _c[k] += α * gradient.C[k];
    }

    /// <summary>As many steps as said; gives Ln after them.</summary>
    /// <param name="x">[N, D].</param>
    /// <param name="t">[N, K].</param>
    /// <param name="α">α.</param>
    /// <param name="steps">How many.</param>
    public double Train(double[,] x, double[,] t, double α, int steps)
    {
        for (int step = 0; step < steps; step++)
            Step(x, t, α);

        return Ln(x, t);
    }

    /// <summary>What f is taken of.</summary>
    double[] U(double[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var u = new double[M];
        for (int m = 0; m < M; m++)
        {
            for (int d = 0; d < D; d++)
                u[m] += _w[d, m] * x[d];
            u[m] += _b[m];
        }

        return u;
    }

    void ThrowUnlessFits(double[,] x, double[,] t)
    {
        Shapes.ThrowUnlessSameRows(x, t);
        if (x.GetLength(1) != D || t.GetLength(1) != K)
        {
            throw new ArgumentException(
                $"Rows of {x.GetLength(1)} inputs and {t.GetLength(1)} targets do not fit {D} inputs and {K} outputs.");
        }
    }

    static double Delta(int k, int k1) => k == k1 ? 1 : 0;
}
