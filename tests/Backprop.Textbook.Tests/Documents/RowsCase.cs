using static Backprop.Textbook.Algebra;

namespace Backprop.Textbook.Tests;

/// <summary>A network of the document with one row, and its derivatives by differences.</summary>
sealed class RowsCase
{
    readonly RowVectors.Derivatives _long;
    readonly RowVectors.DeltaForm _deltas;

    public RowsCase(int[] widths, Function[] functions)
    {
        Network = new RowVectors(
            [.. functions.Select((_, k) => Numbers.Matrix(60 + k, widths[k], widths[k + 1]))],
            [.. functions.Select((_, k) => Numbers.Vector(70 + k, widths[k + 1]))], functions);
        (x, y) = (Numbers.Vector(80, widths[0]), Numbers.Vector(81, widths[^1]));
        Values = Network.Forward(x);
        (_long, _deltas) = (Network.LongForm(Values, y), Network.Deltas(Values, y));
    }

    public RowVectors Network { get; }

    public RowVectors.Values Values { get; }

    public double[] x { get; }

    public double[] y { get; }

    public double[,] y1 => Numbers.Row(y);

    public double[,] a(int i) => Values.a[i];

    public double[,] z(int i) => Values.z[i];

    public double[,] w(int i) => Network.w[i];

    public double[,] da(int i) => _long.a[i];

    public double[,] dw(int i) => _long.w[i];

    public double[,] db(int i) => _long.b[i];

    public double[,] δ(int i) => _deltas.δ[i];

    public double[,] Slope(int i) => Map(Network.σ[i].Derivative, z(i));

    public double C() => Network.C(x, y);

    public double[,] ByWeights(int i) => Differences.Gradient(C, Network.w[i]);

    public double[,] ByBiases(int i) => Differences.Gradient(C, Network.b[i]);

    /// <summary>∂C/∂aᵢ: the flow goes on from aᵢ.</summary>
    public double[,] ByValues(int i)
    {
        double[,] at = (double[,])a(i).Clone();
        return Differences.Gradient(() => From(i, at), at);
    }

    /// <summary>∂C/∂zᵢ.</summary>
    public double[,] ByTotalInputs(int i)
    {
        double[,] at = (double[,])z(i).Clone();
        return Differences.Gradient(() => From(i, Map(Network.σ[i].Value, at)), at);
    }

    public double SumOfSquares() => _long.w.Concat(_long.b).Sum(SumOfSquares);

    public static double SumOfSquares(double[,] a) => Total(Hadamard(a, a));

    /// <summary>C with w − η ∂C/∂w and b − η ∂C/∂b.</summary>
    public double CostAfter(double η)
    {
        var moved = new RowVectors(
            [.. Enumerable.Range(1, Network.l - 1).Select(i => Difference(w(i), Scale(η, dw(i))))],
            [.. Enumerable.Range(1, Network.l - 1).Select(i => Numbers.RowOf(Difference(Network.b[i], Scale(η, db(i))), 0))],
            Network.σ[2..]);
        return moved.C(x, y);
    }

    /// <summary>dC/ds along the step −s·∂C/∂(w, b), at s = 0.</summary>
    public double Along() => Differences.Derivative(CostAfter, 0);

    double From(int i, double[,] values)
    {
        for (; i < Network.l; i++)
            values = Map(Network.σ[i + 1].Value, Sum(Product(values, w(i)), Network.b[i]));
        double[,] off = Difference(values, y1);
        return Total(Hadamard(off, off)) / 2;
    }
}
