using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Random matrices with orthonormal columns (rows, if wider than high), uniform over all such matrices: A = Q·R by
/// Householder reflections of a matrix A of normal numbers, in double, and Q's columns times the signs of R's diagonal,
/// which makes the factorisation unique. G. H. Golub, C. F. Van Loan, Matrix Computations, §5.2; F. Mezzadri, How to
/// Generate Random Matrices from the Classical Compact Groups, Notices of the AMS 54 (2007).
/// </summary>
static class OrthogonalMatrix
{
    /// <summary>W = gain · Q.</summary>
    /// <param name="weights">W [in, out].</param>
    /// <param name="gain">The gain.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="layer">The layer, counted from 0.</param>
    /// <param name="width">The form of the loops, which changes no bit.</param>
    public static void Fill<T>(Matrix<T> weights, double gain, ulong seed, uint layer, LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool wide = weights.Rows < weights.Columns;
        int length = Math.Max(weights.Rows, weights.Columns);
        int count = Math.Min(weights.Rows, weights.Columns);

        // Row c of these matrices is column c of A and Q, so that a column lies in one piece.
        var a = new Matrix<double>(count, length);
        var q = new Matrix<double>(count, length);
        for (int c = 0; c < count; c++)
        {
            for (int r = 0; r < length; r++)
            {
                (int i, int j) = wide ? (c, r) : (r, c);
                ulong index = (ulong)i * (ulong)weights.Columns + (ulong)j;
                a[c, r] = CounterRandom.Normal(seed, RandomPurpose.InitialWeights, layer, index);
            }
        }

        Span<double> signs = new double[count];
        switch (width)
        {
            case LaneWidth.Bits512:
                Factorise<Lanes512<double>>(a, q, signs);
                break;
            case LaneWidth.Bits256:
                Factorise<Lanes256<double>>(a, q, signs);
                break;
            case LaneWidth.Bits128:
                Factorise<Lanes128<double>>(a, q, signs);
                break;
            default:
                Factorise<Lane1<double>>(a, q, signs);
                break;
        }

        for (int c = 0; c < count; c++)
        {
            for (int r = 0; r < length; r++)
            {
                (int i, int j) = wide ? (c, r) : (r, c);
                weights[i, j] = Rounding.To<T>(gain * (signs[c] * q[c, r]));
            }
        }
    }

    /// <summary>Q and the signs of R's diagonal; A is overwritten with the reflections' vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Factorise<V>(Matrix<double> a, Matrix<double> q, Span<double> signs)
        where V : struct, ILanes<V, double>
    {
        // Reflection k is I − β_k·v_k·v_kᵀ with v_k = x − α·e₁ for x, the rest of column k, and α = −sign(x₁)·‖x‖.
        Span<double> betas = new double[a.Rows];
        for (int k = 0; k < a.Rows; k++)
        {
            Span<double> v = a[k][k..];
            double first = v[0];
            double norm = Math.Sqrt(LaneSum<V, double>.SumOfSquares(in v[0], v.Length));
            signs[k] = first < 0 ? 1 : -1;
            v[0] -= signs[k] * norm;
            betas[k] = norm == 0 ? 0 : 1 / (norm * (norm + Math.Abs(first)));
            for (int column = k + 1; column < a.Rows; column++)
                Reflect<V>(v, betas[k], a[column][k..]);
        }

        // Q = H₀·H₁·…·I, from the last on: reflection k then changes only the columns from k on.
        for (int k = a.Rows - 1; k >= 0; k--)
        {
            q[k, k] = 1;
            for (int column = k; column < a.Rows; column++)
                Reflect<V>(a[k][k..], betas[k], q[column][k..]);
        }
    }

    /// <summary>x ← x − β·(v·x)·v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Reflect<V>(Span<double> v, double beta, Span<double> x)
        where V : struct, ILanes<V, double>
    {
        double scale = -beta * LaneSum<V, double>.Dot(in v[0], in x[0], v.Length);
        V scales = V.Broadcast(scale);
        int i = 0;
        for (; i <= v.Length - V.Count; i += V.Count)
        {
            V moved = V.MultiplyAdd(scales, V.Load(in v[0], (nuint)i), V.Load(in x[0], (nuint)i));
            V.Store(moved, ref x[0], (nuint)i);
        }

        for (; i < v.Length; i++)
            x[i] = double.FusedMultiplyAdd(scale, v[i], x[i]);
    }
}
