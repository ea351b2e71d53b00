using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The three matrix products of a training step. In each, an element of the result is one chain of fused
/// multiply-adds over the inner index in increasing order, with one accumulator that starts at +0 (or at the element's
/// old value where the chain goes on): so the vector width, blocks, packing and threads change no bit.
/// </summary>
abstract class Products<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The products for one vector width.</summary>
    public static Products<T> For(LaneWidth width) => width switch
    {
        LaneWidth.Bits128 => new SimdProducts<T, Lanes128<T>>(),
        LaneWidth.Bits256 => new SimdProducts<T, Lanes256<T>>(),
        LaneWidth.Bits512 => new SimdProducts<T, Lanes512<T>>(),
        _ => new ReferenceProducts<T>(),
    };

    /// <summary>The most elements of <see cref="Scratch{T}"/> that a thread needs for chains of some length.</summary>
    public virtual int ScratchFor(int longest) => 0;

    /// <summary>
    /// U = X·W + b for a range of rows: u[r, j] = (Σᵢ x[r, i]·w[i, j]) + b[j], the bias added after the chain.
    /// Writes the padding of u's rows as zeros.
    /// </summary>
    /// <param name="x">[rows, in].</param>
    /// <param name="w">[in, out].</param>
    /// <param name="bias">[1, out] or null.</param>
    /// <param name="u">[rows, out], overwritten in <paramref name="rows"/>.</param>
    /// <param name="rows">The rows of x and u to compute.</param>
    public abstract void Forward(Matrix<T> x, Matrix<T> w, Matrix<T>? bias, Matrix<T> u, RowRange rows);

    /// <summary>
    /// ∂e/∂X = ∂e/∂U·Wᵀ for a range of rows: dx[r, i] = Σⱼ du[r, j]·w[i, j]. Writes the padding of dx's rows as zeros.
    /// </summary>
    /// <param name="du">[rows, out].</param>
    /// <param name="w">[in, out].</param>
    /// <param name="dx">[rows, in], overwritten in <paramref name="rows"/>.</param>
    /// <param name="rows">The rows of du and dx to compute.</param>
    public abstract void Backward(Matrix<T> du, Matrix<T> w, Matrix<T> dx, RowRange rows);

    /// <summary>
    /// ∂e/∂W = Xᵀ·∂e/∂U for a range of W's rows: dw[i, j] = Σᵣ x[r, i]·du[r, j] over r &lt; <paramref name="count"/>.
    /// The padding of dw's rows becomes (stays) zero.
    /// </summary>
    /// <param name="x">[rows, in].</param>
    /// <param name="du">[rows, out], padding zero.</param>
    /// <param name="count">How many rows of x and du hold data.</param>
    /// <param name="dw">[in, out].</param>
    /// <param name="inputs">The rows of dw (inputs i) to compute.</param>
    /// <param name="goOn">Whether the chains go on from what dw holds (a further chunk of one batch) or start at +0.</param>
    public abstract void WeightGradient(
        Matrix<T> x, Matrix<T> du, int count, Matrix<T> dw, RowRange inputs, bool goOn);

    /// <summary>
    /// ∂e/∂b = Σ_rows ∂e/∂U: db[j] = Σᵣ du[r, j], rows in order, plain additions from +0 (or from db's old value).
    /// </summary>
    public abstract void BiasGradient(Matrix<T> du, int count, Matrix<T> db, bool goOn);

    /// <summary>
    /// C = (0 or C) + A·B in some rows of C, element by element the same chains: what the products above are made of, for
    /// who lays operands out for themselves. The padding of C's rows takes whatever A and B's padding make.
    /// </summary>
    /// <param name="a">A [rows, innerCount], its first row that of <paramref name="rows"/>.</param>
    /// <param name="b">B [innerCount or more, columns].</param>
    /// <param name="innerCount">The length of the chains.</param>
    /// <param name="c">Where C starts, and its columns; its rows may run on beyond the matrix into memory of the same
    /// owner.</param>
    /// <param name="rows">The rows of C to compute.</param>
    /// <param name="goOn">Whether the chains go on from what C holds or start at +0.</param>
    public abstract void Multiply(
        LeftOperand<T> a, Matrix<T> b, int innerCount, Matrix<T> c, RowRange rows, bool goOn);
}
