using System.Numerics;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class ActivationExportTests
{
    static readonly double[] s_inputs =
    [
        .. Enumerable.Range(-400, 801).Select(i => i / 40.0),
        0, -0.0, 1e-9, -1e-9, 1e-5, -1e-5, 30, -30, 80, -80,
    ];

    static readonly Activation[] s_activations =
    [
        .. Activation.All, Activation.LeakyRelu(0.2), Activation.Elu(0.7),
        Activation.Of(default(Cubic)), Activation.Of(default(EveryOperation)),
    ];

    [Fact]
    public void ONNX_Runtime_computes_every_activation_in_single_precision() => Check<float>(1e-5);

    [Fact]
    public void ONNX_Runtime_computes_every_activation_in_double_precision() => Check<double>(1e-13);

    static void Check<T>(double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] inputs = [.. s_inputs.Select(T.CreateChecked)];
        var outputs = OnnxRuntime.Run([.. s_activations.Select(activation => new OnnxRuntime.Job(
            OnnxWriter.Write(new OnnxModel<T>(null, null, SmallModels.PassThrough<T>(1, activation), SmallModels.NoMetadata)),
            new(StringComparer.Ordinal) { ["input"] = inputs },
            inputs.Length))]);

        for (int k = 0; k < s_activations.Length; k++)
        {
            // The error function has no double kernel there and runs in single precision.
            double allowed = s_activations[k].Name is "gelu" or "every-operation" ? Math.Max(tolerance, 1e-6) : tolerance;
            for (int i = 0; i < inputs.Length; i++)
            {
                double expected = s_activations[k].Value(double.CreateChecked(inputs[i]));
                double actual = outputs[k]["output"].Numbers[i];
                bool isOverflow = double.IsInfinity(actual) && Math.Abs(expected) > (double)float.MaxValue;
                Assert.True(
                    isOverflow || Math.Abs(actual - expected) <= allowed * Math.Max(1, Math.Abs(expected)),
                    $"{s_activations[k]} of {inputs[i]} is {actual} in ONNX Runtime, not {expected}");
            }
        }
    }

    readonly record struct Cubic : IActivation
    {
        public string Name => "cubic";

        public bool DerivativeNeedsInput => true;

        public R Value<R>(R u)
            where R : struct, IReal<R> => R.MultiplyAdd(u * u, u, R.Constant(0.5));

        public R Derivative<R>(R u, R x)
            where R : struct, IReal<R> => R.Constant(3) * u * u;
    }

    /// <summary>Uses every operation of IReal at least once.</summary>
    readonly record struct EveryOperation : IActivation
    {
        public string Name => "every-operation";

        public bool DerivativeNeedsInput => true;

        public R Value<R>(R u)
            where R : struct, IReal<R>
        {
            R one = R.Constant(1);
            R bounded = R.Tanh(u);
            R positive = R.Sqrt(R.Abs(bounded) + one) + R.LogOnePlus(R.Abs(bounded)) + R.Log(R.Exp(bounded) + one);
            R smooth = R.ExpMinusOne(bounded) - R.Logistic(u) * R.Erf(u) + R.Softplus(bounded) / positive;
            R waves = R.Sin(bounded) + R.Cos(bounded) - (-bounded);
            return R.IfLess(bounded, R.Constant(0.25), smooth, waves) + R.MultiplyAdd(bounded, one, smooth);
        }

        public R Derivative<R>(R u, R x)
            where R : struct, IReal<R> => x;
    }
}
