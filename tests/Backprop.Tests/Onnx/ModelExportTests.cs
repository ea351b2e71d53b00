using System.Numerics;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class ModelExportTests
{
    [Fact]
    public void ONNX_Runtime_gives_labels_and_probabilities_in_single_precision() => CheckClassifier<float>();

    [Fact]
    public void ONNX_Runtime_gives_labels_and_probabilities_in_double_precision() => CheckClassifier<double>();

    [Fact]
    public void ONNX_Runtime_turns_one_probability_into_two_classes_in_single_precision() => CheckTwoClasses<float>();

    [Fact]
    public void ONNX_Runtime_turns_one_probability_into_two_classes_in_double_precision() => CheckTwoClasses<double>();

    [Fact]
    public void ONNX_Runtime_gives_numbers_in_their_own_scale_in_single_precision() => CheckNumbers<float>();

    [Fact]
    public void ONNX_Runtime_gives_numbers_in_their_own_scale_in_double_precision() => CheckNumbers<double>();

    [Fact]
    public void Writing_twice_gives_the_same_bytes() =>
        Assert.Equal(OnnxWriter.Write(MixedTable.Classifier<float>()), OnnxWriter.Write(MixedTable.Classifier<float>()));

    [Fact]
    public void Refuses_texts_that_a_file_cannot_hold()
    {
        OnnxModel<float> model = MixedTable.Classifier<float>() with { Target = new ClassTarget("t", ["a", "\ud800", "c"]) };
        Assert.Contains(
            "Unicode", Assert.Throws<BackpropException>(() => OnnxWriter.Write(model)).Message, StringComparison.Ordinal);
    }

    static void CheckClassifier<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OnnxModel<T> model = MixedTable.Classifier<T>();
        CheckClasses(model, SmallModels.Outputs(model.Parameters, (ReadOnlySpan<T>)MixedTable.Features<T>(model.Encoder!)));
    }

    static void CheckTwoClasses<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TableEncoder encoder = MixedTable.Encoder<T>();
        var network = new Network(encoder.FeatureCount, [new Dense(4, Activation.Relu), new Dense(1, Activation.Logistic)]);
        var model = new OnnxModel<T>(
            encoder, new ClassTarget("t", ["no", "yes"]), SmallModels.Fill<T>(network, 2), SmallModels.NoMetadata);
        double[] x = SmallModels.Outputs(model.Parameters, (ReadOnlySpan<T>)MixedTable.Features<T>(encoder));
        CheckClasses(model, [.. x.SelectMany(p => new[] { 1 - p, p })]);
    }

    static void CheckClasses<T>(OnnxModel<T> model, double[] expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outputs = OnnxRuntime.Run(new OnnxRuntime.Job(OnnxWriter.Write(model), MixedTable.Inputs<T>(), MixedTable.Rows))[0];
        var target = (ClassTarget)model.Target!;
        int classes = target.Classes.Length;

        Assert.Equal("label, probabilities", string.Join(", ", outputs.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal([MixedTable.Rows, classes], outputs["probabilities"].Dimensions);
        Assert.Equal([MixedTable.Rows], outputs["label"].Dimensions);
        Assert.Equal(typeof(T), outputs["probabilities"].Type);
        double[] actual = outputs["probabilities"].Numbers;
        var predicted = new HashSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < MixedTable.Rows; row++)
        {
            double[] p = expected[(row * classes)..((row + 1) * classes)];
            for (int i = 0; i < classes; i++)
                Assert.InRange(actual[row * classes + i], p[i] - 1e-5, p[i] + 1e-5);

            double[] sorted = [.. p.OrderDescending()];
            string label = target.Classes[ClassTarget.Largest<double>(p)];
            if (sorted[0] - sorted[1] > 1e-5)
                Assert.Equal(label, outputs["label"].Texts[row]);
            predicted.Add(label);
        }

        Assert.True(predicted.Count > 1, "The rows of this test are all of one class.");
    }

    static void CheckNumbers<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TableEncoder encoder = MixedTable.Encoder<T>();
        var target = new NumberTarget(["price", "size"], [1234.5, -0.25], [321.75, 1e-3]);
        var network = new Network(encoder.FeatureCount, [new Dense(6, Activation.Elu()), new Dense(2, Activation.Linear)]);
        var model = new OnnxModel<T>(encoder, target, SmallModels.Fill<T>(network, 0.5), SmallModels.NoMetadata);
        double[] expected = SmallModels.Outputs(model.Parameters, (ReadOnlySpan<T>)MixedTable.Features<T>(encoder));
        for (int i = 0; i < expected.Length; i += 2)
            target.Decode<double>(expected.AsSpan(i, 2).ToArray(), expected.AsSpan(i, 2));

        var outputs = OnnxRuntime.Run(new OnnxRuntime.Job(OnnxWriter.Write(model), MixedTable.Inputs<T>(), MixedTable.Rows))[0];
        Assert.Equal([MixedTable.Rows, 2], outputs["prediction"].Dimensions);
        for (int i = 0; i < expected.Length; i++)
        {
            double tolerance = 1e-5 * target.Deviations[i % 2];
            // The prediction itself is a float of the target's size, whose last place may be larger than that.
            tolerance += typeof(T) == typeof(float) ? Math.Abs(target.Means[i % 2]) * 1.2e-7 : 0;
            Assert.InRange(outputs["prediction"].Numbers[i], expected[i] - tolerance, expected[i] + tolerance);
        }
    }
}
