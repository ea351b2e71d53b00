namespace Backprop.Textbook;

/// <summary>
/// "scalars", section 1: one neuron in each of n layers, o⁽ⁱ⁾ = fᵢ(w⁽ⁱ⁾o⁽ⁱ⁻¹⁾ − b⁽ⁱ⁾), o⁽⁰⁾ = x, e = (t − o⁽ⁿ⁾)². The bias is
/// subtracted, so it is a threshold: −b is what other documents add. Layers count from 1, as the document counts them.
/// </summary>
public sealed class ScalarChain
{
    readonly double[] _w;
    readonly double[] _b;
    readonly Function[] _f;

    /// <summary>A chain of n layers.</summary>
    /// <param name="w">w⁽¹⁾ … w⁽ⁿ⁾.</param>
    /// <param name="b">b⁽¹⁾ … b⁽ⁿ⁾.</param>
    /// <param name="f">f₁ … fₙ.</param>
    /// <exception cref="ArgumentException">There is no layer, or the three are not of one length.</exception>
    public ScalarChain(double[] w, double[] b, Function[] f)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(f);
        if (w.Length == 0 || b.Length != w.Length || f.Length != w.Length)
            throw new ArgumentException($"{w.Length} weights, {b.Length} biases and {f.Length} functions make no chain.");

        (_w, _b, _f) = ([.. w], [.. b], [.. f]);
    }

    /// <summary>n, the number of layers.</summary>
    public int N => _w.Length;

    /// <summary>w⁽¹⁾ … w⁽ⁿ⁾, a copy.</summary>
    public double[] W => [.. _w];

    /// <summary>b⁽¹⁾ … b⁽ⁿ⁾, a copy.</summary>
    public double[] B => [.. _b];

    /// <summary>∂e/∂w of a single layer, 2(o − t)·f′·x with f′ taken at wx − b: "scalars 1.1-6".</summary>
    public static double SingleLayerGradient(double w, double b, Function f, double x, double t)
    {
        ArgumentNullException.ThrowIfNull(f);
        double o = f.Value(w * x - b);
        return 2 * (o - t) * f.Derivative(w * x - b) * x;
    }

    /// <summary>∂e/∂w⁽¹⁾ of two layers, 2(o⁽²⁾ − t)·f₂′·w⁽²⁾·f₁′·x: "scalars 1.2-5".</summary>
    public static double DoubleLayerGradient(
        double w1, double b1, Function f1, double w2, double b2, Function f2, double x, double t)
    {
        ArgumentNullException.ThrowIfNull(f1);
        ArgumentNullException.ThrowIfNull(f2);
        double o1 = f1.Value(w1 * x - b1);
        double o2 = f2.Value(w2 * o1 - b2);
        return 2 * (o2 - t) * f2.Derivative(w2 * o1 - b2) * w2 * f1.Derivative(w1 * x - b1) * x;
    }

    /// <summary>o⁽⁰⁾ = x, o⁽¹⁾ … o⁽ⁿ⁾: "scalars 1.3-1".</summary>
    public double[] Outputs(double x)
    {
        var o = new double[N + 1];
        o[0] = x;
        for (int i = 1; i <= N; i++)
            o[i] = F(i).Value(Argument(i, o));

        return o;
    }

    /// <summary>e = (t − o⁽ⁿ⁾)²: "scalars 1.3-2".</summary>
    public double Error(double x, double t)
    {
        double o = Outputs(x)[N];
        return (t - o) * (t - o);
    }

    /// <summary>e of several rows: the sum of theirs.</summary>
    public double Error(double[] x, double[] t)
    {
        ThrowUnlessRows(x, t);
        return x.Zip(t, Error).Sum();
    }

    /// <summary>∂e/∂w⁽ⁱ⁾ = 2(o⁽ⁿ⁾ − t)·Π [fₖ′w⁽ᵏ⁾ for k = i+1 … n]·fᵢ′·o⁽ⁱ⁻¹⁾: "scalars 1.3-4".</summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double WeightGradient(int i, double x, double t)
    {
        double[] o = Outputs(x);
        return ThresholdError(i, o, t) * o[i - 1];
    }

    /// <summary>
    /// ∂e/∂b⁽ⁱ⁾ = −2(o⁽ⁿ⁾ − t)·Π [fₖ′w⁽ᵏ⁾ for k = i+1 … n]·fᵢ′. The document prints none; the minus is that of wx − b.
    /// </summary>
    /// <param name="i">The layer, from 1 to n.</param>
    /// <param name="x">The input.</param>
    /// <param name="t">What the output should be.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer i.</exception>
    public double BiasGradient(int i, double x, double t) => -ThresholdError(i, Outputs(x), t);

    /// <summary>
    /// One step: every w⁽ⁱ⁾ + Δw⁽ⁱ⁾ with Δw⁽ⁱ⁾ = −η ∂e/∂w⁽ⁱ⁾ ("scalars 1.3-5", "scalars 1.3-6"), and the biases likewise. All
    /// are taken from the old numbers before any of them changes; over several rows their sum is taken.
    /// </summary>
    /// <param name="x">The input of each row.</param>
    /// <param name="t">The target of each row.</param>
    /// <param name="η">η.</param>
    public void Step(double[] x, double[] t, double η)
    {
        ThrowUnlessRows(x, t);
        var dw = new double[N];
        var db = new double[N];
        for (int row = 0; row < x.Length; row++)
        {
            for (int i = 1; i <= N; i++)
            {
                dw[i - 1] -= η * WeightGradient(i, x[row], t[row]);
                db[i - 1] -= η * BiasGradient(i, x[row], t[row]);
            }
        }

        for (int i = 0; i < N; i++)
        {
            _w[i] += dw[i];
            _b[i] += db[i];
        }
    }

    /// <summary>As many steps as said; gives e after them.</summary>
    /// <param name="x">The input of each row.</param>
    /// <param name="t">The target of each row.</param>
    /// <param name="η">η.</param>
    /// <param name="steps">How many.</param>
    public double Train(double[] x, double[] t, double η, int steps)
    {
        for (int step = 0; step < steps; step++)
            Step(x, t, η);

        return Error(x, t);
    }

    /// <summary>2(o⁽ⁿ⁾ − t)·Π [fₖ′w⁽ᵏ⁾ for k = i+1 … n]·fᵢ′, which is ∂e/∂(w⁽ⁱ⁾o⁽ⁱ⁻¹⁾ − b⁽ⁱ⁾).</summary>
    double ThresholdError(int i, double[] o, double t)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(i, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(i, N);
        double error = 2 * (o[N] - t);
        for (int k = N; k >= i + 1; k--)
            error *= F(k).Derivative(Argument(k, o)) * _w[k - 1];

        return error * F(i).Derivative(Argument(i, o));
    }

    double Argument(int i, double[] o) => _w[i - 1] * o[i - 1] - _b[i - 1];

    Function F(int i) => _f[i - 1];

    static void ThrowUnlessRows(double[] x, double[] t)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(t);
        if (x.Length != t.Length)
            throw new ArgumentException($"{x.Length} inputs and {t.Length} targets are no rows.");
    }
}
