using Backprop.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Kernels;

/// <summary>Softmax over rows of few and of many classes.</summary>
public class SoftmaxBenchmarks
{
    const int Rows = 64;
    readonly SoftmaxLoops<float> _softmax = SoftmaxLoops<float>.For(LaneWidths.Best);
    Matrix<float> _u = null!;
    Matrix<float> _x = null!;

    public static IEnumerable<object> Classes =>
        from classes in (int[])[3, 10, 100, 1000]
        select new Elements($"{classes} classes", Rows * classes);

    [ParamsSource(nameof(Classes))]
    public object Width { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        int classes = ((Elements)Width).Count / Rows;
        (_u, _x) = (Filled.Matrix(Rows, classes, 1), new Matrix<float>(Rows, classes));
    }

    [Benchmark(Description = "softmax(U)")]
    public void Value() => _softmax.Apply(_u, _x, new RowRange(0, Rows));
}
