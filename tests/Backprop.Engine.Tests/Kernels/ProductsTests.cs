using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Every width and strategy gives the reference's bits, at every shape.</summary>
public sealed class ProductsTests
{
    /// <summary>Null: the strategy that the sizes choose.</summary>
    static readonly ProductStrategy?[] s_strategies =
        [null, .. Enum.GetValues<ProductStrategy>()];

    [Fact]
    public void Every_small_size_equals_the_reference_in_single_precision() => EverySmallSize<float>();

    [Fact]
    public void Every_small_size_equals_the_reference_in_double_precision() => EverySmallSize<double>();

    [Fact]
    public void Inner_indices_in_blocks_equal_the_reference_in_single_precision() => InnerBlocks<float>();

    [Fact]
    public void Inner_indices_in_blocks_equal_the_reference_in_double_precision() => InnerBlocks<double>();

    [Fact]
    public void Large_sizes_equal_the_reference()
    {
        new ProductComparison<float>(Fast<float>(), 66, 150, 131).All();
        new ProductComparison<double>(Fast<double>(), 50, 129, 147).All();
        new ProductComparison<float>(Fast<float>(), 9, 401, 35).WeightGradient();
        new ProductComparison<float>(Fast<float>(), 35, 9, 401).WeightGradient();
    }

    [Fact]
    public void Not_numbers_and_infinities_go_where_the_reference_takes_them_and_never_into_padding()
    {
        float[] odds = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, float.MaxValue];
        foreach (float odd in odds)
        {
            var comparison = new ProductComparison<float>(Fast<float>(), 13, 21, 19);
            comparison.X[7, 5] = odd;
            comparison.W[3, 17] = odd;
            comparison.Bias[0, 2] = odd;
            comparison.Errors[6, 11] = odd;
            comparison.All();
        }
    }

    [Fact]
    public void Underflow_keeps_the_sign_of_zero()
    {
        var comparison = new ProductComparison<float>(Fast<float>(), 13, 1, 19);
        foreach (Matrix<float> matrix in (Matrix<float>[])[comparison.X, comparison.W, comparison.Errors])
        {
            for (int row = 0; row < matrix.Rows; row++)
            {
                foreach (ref float number in matrix[row])
                    number *= 1e-30f;
            }
        }

        var u = new Matrix<float>(comparison.X.Rows, 19);
        new ReferenceProducts<float>().Forward(comparison.X, comparison.W, null, u, new RowRange(0, u.Rows));
        Assert.Contains(u.Padded.ToArray(), number => number == 0 && float.IsNegative(number));
        comparison.All();
    }

    [Fact]
    public void One_object_computes_separate_rows_on_several_threads()
    {
        const int Members = 4, Rows = 203;
        foreach (Products<float> products in Fast<float>())
        {
            var x = ProductComparison<float>.Numbers(Rows, 70, 1);
            var w = ProductComparison<float>.Numbers(70, 90, 2);
            var du = ProductComparison<float>.Numbers(Rows, 90, 3);
            Matrix<float> dx = new(Rows, 70), dw = new(70, 90), expectedDx = new(Rows, 70), expectedDw = new(70, 90);
            var reference = new ReferenceProducts<float>();
            reference.Backward(du, w, expectedDx, new RowRange(0, Rows));
            reference.WeightGradient(x, du, Rows, expectedDw, new RowRange(0, 70), goOn: false);
            using var crew = new Crew(Members);
            crew.Run(new Parts(products, x, w, du, dx, dw));
            Assert.True(expectedDx.Padded.SequenceEqual(dx.Padded));
            Assert.True(expectedDw.Padded.SequenceEqual(dw.Padded));
        }
    }

    [Fact]
    public void Steady_work_allocates_nothing()
    {
        foreach (Products<float> products in Fast<float>())
        {
            var comparison = new ProductComparison<float>([products], 33, 40, 50);
            Matrix<float> u = new(33, 50), dx = new(33, 40), dw = new(40, 50), db = new(1, 50);
            for (int pass = 0; pass < 2; pass++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                products.Forward(comparison.X, comparison.W, comparison.Bias, u, new RowRange(0, 33));
                products.Backward(comparison.Errors, comparison.W, dx, new RowRange(0, 33));
                products.WeightGradient(comparison.X, comparison.Errors, 33, dw, new RowRange(0, 40), goOn: true);
                products.BiasGradient(comparison.Errors, 33, db, goOn: true);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (pass > 0)
                    Assert.Equal(0, allocated);
            }
        }
    }

    sealed class Parts(
        Products<float> products,
        Matrix<float> x,
        Matrix<float> w,
        Matrix<float> du,
        Matrix<float> dx,
        Matrix<float> dw) : ICrewJob
    {
        public void Run(int member, int members)
        {
            products.Backward(du, w, dx, new RowRange(0, dx.Rows).Part(member, members));
            products.WeightGradient(x, du, du.Rows, dw, new RowRange(0, dw.Rows).Part(member, members), goOn: false);
        }
    }

    static void EverySmallSize<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int size = 1; size <= 67; size++)
        {
            int other = size * 31 % 67 + 1, third = size * 17 % 67 + 1;
            new ProductComparison<T>(Fast<T>(), size, other, third).All();
            new ProductComparison<T>(Fast<T>(), other, third, size).All();
        }
    }

    static void InnerBlocks<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int inner in (int[])[0, 1, 255, 256, 257, 511, 513, 600])
        {
            new ProductComparison<T>(Fast<T>(), 7, inner, 19).Forward();
            new ProductComparison<T>(Fast<T>(), 9, 20, inner).Backward();
            new ProductComparison<T>(Fast<T>(), inner, 5, 18).WeightGradient();
            new ProductComparison<T>(Fast<T>(), inner, 1, 18).BiasGradient();
        }
    }

    static Products<T>[] Fast<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [
            .. s_strategies.Select(forced => new SimdProducts<T, Lanes128<T>>(forced)),
            .. s_strategies.Select(forced => new SimdProducts<T, Lanes256<T>>(forced)),
            .. s_strategies.Select(forced => new SimdProducts<T, Lanes512<T>>(forced)),
        ];
}
