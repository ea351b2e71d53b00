using Backprop.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Kernels;

/// <summary>Activations and their derivatives over 64 rows of 64 neurons.</summary>
public class ActivationBenchmarks
{
    const int Width = 64;
    readonly Matrix<float> _u = Filled.Matrix(Width, Width, 1);
    readonly Matrix<float> _x = new(Width, Width);
    readonly Matrix<float> _errors = Filled.Matrix(Width, Width, 2);
    readonly Matrix<float> _delta = new(Width, Width);
    readonly RowRange _rows = new(0, Width);
    LayerActivations<float> _loops = null!;

    public static IEnumerable<object> Activations =>
        Activation.All.Where(static activation => !activation.Equals(Activation.Linear))
            .Select(static activation => new Elements(activation.Name, Width * Width));

    [ParamsSource(nameof(Activations))]
    public object Function { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _loops = new LayerActivations<float>(new Dense(Width, Activation.Parse(((Elements)Function).Name)), LaneWidths.Best);
        _loops.Apply(_u, _x, _rows);
    }

    [Benchmark(Description = "X = f(U)")]
    public void Value() => _loops.Apply(_u, _x, _rows);

    /// <summary>In place, so from a fresh copy each time: a product of many derivatives is subnormal, and slow.</summary>
    [Benchmark(Description = "copy, ∂e/∂X ⊙ f′(U)")]
    public void Derivative()
    {
        for (int row = 0; row < Width; row++)
            _errors[row].CopyTo(_delta[row]);
        _loops.MultiplyByDerivative(_u, _x, _delta, _rows);
    }
}
