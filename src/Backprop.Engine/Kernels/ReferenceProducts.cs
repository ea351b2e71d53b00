using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>The plain loops that say what every product means. Kept for good: each fast kernel is held against them.</summary>
sealed class ReferenceProducts<T> : Products<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Forward(Matrix<T> x, Matrix<T> w, Matrix<T>? bias, Matrix<T> u, RowRange rows)
    {
        for (int r = rows.Start; r < rows.End; r++)
        {
            for (int j = 0; j < w.Columns; j++)
            {
                T sum = T.Zero;
                for (int i = 0; i < w.Rows; i++)
                    sum = T.FusedMultiplyAdd(x[r, i], w[i, j], sum);

                u[r, j] = bias is null ? sum : sum + bias[0, j];
            }

            ClearPadding(u, r);
        }
    }

    public override void Backward(Matrix<T> du, Matrix<T> w, Matrix<T> dx, RowRange rows)
    {
        for (int r = rows.Start; r < rows.End; r++)
        {
            for (int i = 0; i < w.Rows; i++)
            {
                T sum = T.Zero;
                for (int j = 0; j < w.Columns; j++)
                    sum = T.FusedMultiplyAdd(du[r, j], w[i, j], sum);

                dx[r, i] = sum;
            }

            ClearPadding(dx, r);
        }
    }

    public override void WeightGradient(
        Matrix<T> x, Matrix<T> du, int count, Matrix<T> dw, RowRange inputs, bool goOn)
    {
        for (int i = inputs.Start; i < inputs.End; i++)
        {
            for (int j = 0; j < dw.Columns; j++)
            {
                T sum = goOn ? dw[i, j] : T.Zero;
                for (int r = 0; r < count; r++)
                    sum = T.FusedMultiplyAdd(x[r, i], du[r, j], sum);

                dw[i, j] = sum;
            }

            ClearPadding(dw, i);
        }
    }

    public override void BiasGradient(Matrix<T> du, int count, Matrix<T> db, bool goOn)
    {
        for (int j = 0; j < db.Columns; j++)
        {
            T sum = goOn ? db[0, j] : T.Zero;
            for (int r = 0; r < count; r++)
                sum += du[r, j];

            db[0, j] = sum;
        }
    }

    public override void Multiply(
        LeftOperand<T> a, Matrix<T> b, int innerCount, Matrix<T> c, RowRange rows, bool goOn)
    {
        for (int r = 0; r < rows.Count; r++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                ref T sum = ref Unsafe.Add(ref c.RowReference(rows.Start + r), j);
                if (!goOn)
                    sum = T.Zero;
                for (int k = 0; k < innerCount; k++)
                    sum = T.FusedMultiplyAdd(Unsafe.Add(ref a.Origin, r * a.RowStep + k * a.InnerStep), b[k, j], sum);
            }
        }
    }

    static void ClearPadding(Matrix<T> matrix, int row) =>
        matrix.Padded.Slice(row * matrix.Stride + matrix.Columns, matrix.Stride - matrix.Columns).Clear();
}
