using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Backprop.Tests;

/// <summary>Code of docs/onnx.md: a saved model used without Backprop.</summary>
static class OnnxUseSample
{
    /// <summary>The labels of two penguins and the probability that the second is a Gentoo, by the model in a file.</summary>
    public static (string[] Labels, float Gentoo) Run(string path)
    {
        // docs/onnx.md: begin
        using var session = new InferenceSession(path);
        static NamedOnnxValue Numbers(string name, params float[] cells) =>
            NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(cells, [cells.Length, 1]));
        static NamedOnnxValue Texts(string name, params string[] cells) =>
            NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(cells, [cells.Length, 1]));

        // Two rows; the second misses a number and a text.
        using var outputs = session.Run(
        [
            Texts("island", "Torgersen", "Biscoe"),
            Numbers("beak_length_mm", 39.1f, 47.5f),
            Numbers("beak_depth_mm", 18.7f, float.NaN),
            Numbers("flipper_length_mm", 181, 217),
            Numbers("body_mass_g", 3750, 4900),
            Texts("sex", "MALE", ""),
        ]);
        string[] labels = [.. outputs.Single(output => output.Name == "label").AsTensor<string>()];
        Tensor<float> probabilities = outputs.Single(output => output.Name == "probabilities").AsTensor<float>();
        Console.WriteLine($"{labels[1]}, Gentoo with probability {probabilities[1, 2]}");
        // docs/onnx.md: end

        return (labels, probabilities[1, 2]);
    }
}
