using Backprop.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Kernels;

/// <summary>The three products of a training step at the sizes that occur.</summary>
public class ProductBenchmarks
{
    readonly Products<float> _products = Products<float>.For(LaneWidths.Best);
    Matrix<float> _x = null!;
    Matrix<float> _w = null!;
    Matrix<float> _bias = null!;
    Matrix<float> _u = null!;
    RowRange _rows;
    RowRange _inputs;

    public static IEnumerable<object> Shapes =>
    [
        new ProductShape(16, 4, 16), new ProductShape(16, 16, 3),
        new ProductShape(256, 54, 128), new ProductShape(256, 128, 64), new ProductShape(256, 64, 7),
        new ProductShape(64, 784, 128), new ProductShape(64, 128, 10),
        new ProductShape(128, 256, 256), new ProductShape(256, 256, 256),
        new ProductShape(64, 784, 1024), new ProductShape(256, 784, 1024),
        new ProductShape(64, 1024, 1024), new ProductShape(256, 1024, 1024),
    ];

    [ParamsSource(nameof(Shapes))]
    public object Shape { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var shape = (ProductShape)Shape;
        (_x, _w) = (Filled.Matrix(shape.Rows, shape.Inputs, 1), Filled.Matrix(shape.Inputs, shape.Outputs, 2));
        (_bias, _u) = (Filled.Matrix(1, shape.Outputs, 3), Filled.Matrix(shape.Rows, shape.Outputs, 4));
        (_rows, _inputs) = (new RowRange(0, shape.Rows), new RowRange(0, shape.Inputs));
    }

    [Benchmark(Description = "U = X·W + b")]
    public void Forward() => _products.Forward(_x, _w, _bias, _u, _rows);

    [Benchmark(Description = "∂e/∂X = ∂e/∂U·Wᵀ")]
    public void Backward() => _products.Backward(_u, _w, _x, _rows);

    [Benchmark(Description = "∂e/∂W = Xᵀ·∂e/∂U")]
    public void WeightGradient() => _products.WeightGradient(_x, _u, _x.Rows, _w, _inputs, goOn: false);
}
