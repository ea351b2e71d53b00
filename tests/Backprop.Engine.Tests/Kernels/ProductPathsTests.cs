using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The comparisons with the reference did run every tile, strategy and block that there is.</summary>
public sealed class ProductPathsTests
{
    [Fact]
    public void Every_tile_equals_the_reference_with_128_bits() => BothElementTypes<Lanes128<float>, Lanes128<double>>();

    [Fact]
    public void Every_tile_equals_the_reference_with_256_bits() => BothElementTypes<Lanes256<float>, Lanes256<double>>();

    [Fact]
    public void Every_tile_equals_the_reference_with_512_bits() => BothElementTypes<Lanes512<float>, Lanes512<double>>();

    [Theory]
    [InlineData(ProductStrategyName.Direct)]
    [InlineData(ProductStrategyName.Packed)]
    [InlineData(ProductStrategyName.Transposed)]
    public void A_forced_strategy_runs_with_blocks_of_inner_indices(ProductStrategyName name)
    {
        var strategy = (ProductStrategy)name;
        var counts = new ProductCounts();
        var comparison = new ProductComparison<float>(
            [new SimdProducts<float, Lanes256<float>>(strategy, counts)], batch: 300, inputs: 23, outputs: 35);
        comparison.WeightGradient();
        Assert.Equal(3, counts[strategy]);
        Assert.True(counts.FurtherBlocks >= 3);
    }

    [Theory]
    [InlineData(6, 300, 35)]
    [InlineData(1, 520, 200)]
    [InlineData(65, 257, 64)]
    [InlineData(13, 5, 1)]
    [InlineData(70, 300, 129)]
    [InlineData(515, 270, 40)]
    public void Packed_panels_of_weights_equal_the_reference(int batch, int inputs, int outputs)
    {
        var counts = new ProductCounts();
        new ProductComparison<float>(
            [
                new SimdProducts<float, Lanes128<float>>(ProductStrategy.Packed),
                new SimdProducts<float, Lanes256<float>>(ProductStrategy.Packed, counts),
                new SimdProducts<float, Lanes512<float>>(ProductStrategy.Packed),
            ],
            batch,
            inputs,
            outputs).Forward();
        new ProductComparison<double>(
            [
                new SimdProducts<double, Lanes128<double>>(ProductStrategy.Packed),
                new SimdProducts<double, Lanes256<double>>(ProductStrategy.Packed),
                new SimdProducts<double, Lanes512<double>>(ProductStrategy.Packed),
            ],
            batch,
            inputs,
            outputs).Forward();
        Assert.True(counts[ProductStrategy.Packed] > 0);
        Assert.Equal(0, counts[ProductStrategy.Direct]);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 33)]
    [InlineData(1, 11, 127)]
    [InlineData(3, 70, 40)]
    [InlineData(1, 258, 2100)]
    [InlineData(2, 5, 4097)]
    public void Streamed_weights_equal_the_reference(int batch, int inputs, int outputs)
    {
        var counts = new ProductCounts();
        new ProductComparison<float>(
            [
                new SimdProducts<float, Lanes128<float>>(ProductStrategy.Streamed),
                new SimdProducts<float, Lanes256<float>>(ProductStrategy.Streamed, counts),
                new SimdProducts<float, Lanes512<float>>(ProductStrategy.Streamed),
            ],
            batch,
            inputs,
            outputs).Forward();
        new ProductComparison<double>(
            [
                new SimdProducts<double, Lanes128<double>>(ProductStrategy.Streamed),
                new SimdProducts<double, Lanes256<double>>(ProductStrategy.Streamed),
                new SimdProducts<double, Lanes512<double>>(ProductStrategy.Streamed),
            ],
            batch,
            inputs,
            outputs).Forward();
        Assert.True(counts[ProductStrategy.Streamed] > 0);
        Assert.Equal(0, counts[ProductStrategy.Direct]);
    }

    [Fact]
    public void Sizes_choose_the_strategy()
    {
        Assert.Equal(ProductStrategy.Streamed, Forward(batch: 1, inputs: 20, outputs: 128));
        Assert.Equal(ProductStrategy.Direct, Forward(batch: 1, inputs: 20, outputs: 127));
        Assert.Equal(ProductStrategy.Direct, Forward(batch: 2, inputs: 20, outputs: 128));
        Assert.Equal(ProductStrategy.Direct, Forward(batch: 64, inputs: 20, outputs: 300));
        Assert.Equal(ProductStrategy.Direct, Forward(batch: 20, inputs: 20, outputs: 600));
        Assert.Equal(ProductStrategy.Direct, Forward(batch: 127, inputs: 20, outputs: 600));
        Assert.Equal(ProductStrategy.Packed, Forward(batch: 128, inputs: 20, outputs: 600));
        Assert.Equal(ProductStrategy.Packed, Backward(batch: 64, inputs: 54, outputs: 30));
        Assert.Equal(ProductStrategy.Transposed, Backward(batch: 4, inputs: 54, outputs: 30));
        Assert.Equal(ProductStrategy.Direct, WeightGradient(batch: 40, inputs: 20, outputs: 30));
        Assert.Equal(ProductStrategy.Direct, WeightGradient(batch: 16, inputs: 20, outputs: 3));
        Assert.Equal(ProductStrategy.Transposed, WeightGradient(batch: 40, inputs: 20, outputs: 10));
        Assert.Equal(ProductStrategy.Packed, WeightGradient(batch: 40, inputs: 20, outputs: 600));
    }

    static ProductStrategy Forward(int batch, int inputs, int outputs)
    {
        var counts = new ProductCounts();
        new ProductComparison<float>([new SimdProducts<float, Lanes256<float>>(null, counts)], batch, inputs, outputs).Forward();
        return Enum.GetValues<ProductStrategy>().Single(strategy => counts[strategy] > 0);
    }

    static ProductStrategy Backward(int batch, int inputs, int outputs)
    {
        var counts = new ProductCounts();
        new ProductComparison<float>([new SimdProducts<float, Lanes256<float>>(null, counts)], batch, inputs, outputs).Backward();
        return TheOne(counts, 1);
    }

    static ProductStrategy WeightGradient(int batch, int inputs, int outputs)
    {
        var counts = new ProductCounts();
        new ProductComparison<float>([new SimdProducts<float, Lanes256<float>>(null, counts)], batch, inputs, outputs)
            .WeightGradient();
        return TheOne(counts, 3);
    }

    static ProductStrategy TheOne(ProductCounts counts, int products) =>
        Enum.GetValues<ProductStrategy>().Single(strategy => counts[strategy] == products);

    static void BothElementTypes<V1, V2>()
        where V1 : struct, ILanes<V1, float>
        where V2 : struct, ILanes<V2, double>
    {
        EveryTile<float, V1>();
        EveryTile<double, V2>();
    }

    static void EveryTile<T, V>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        foreach (int vectors in (int[])[1, 2, 4, 8])
        {
            for (int rows = 1; rows <= Tiles<T, V>.MostRows(vectors); rows++)
            {
                if (Tiles<T, V>.VectorsFor(rows, vectors) != vectors)
                    continue;

                var counts = new ProductCounts();
                Products<T>[] products = [new SimdProducts<T, V>(ProductStrategy.Direct, counts)];
                foreach (int outputs in (int[])[vectors * V.Count, vectors * V.Count - 1])
                {
                    new ProductComparison<T>(products, rows, 9, outputs).Forward();
                    new ProductComparison<T>(products, 9, rows, outputs).WeightGradient();
                }

                Assert.True(counts.Tiles(rows, vectors) >= 6, $"Tile {rows}x{vectors} ran {counts.Tiles(rows, vectors)} times.");
            }
        }
    }
}
