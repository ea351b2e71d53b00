using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;

namespace Backprop.Tests;

/// <summary>Runs models with ONNX Runtime, on one thread, with inputs of [rows, columns].</summary>
static class OnnxRuntime
{
    public sealed record Job(byte[] Model, Dictionary<string, object> Inputs, int Rows);

    /// <summary>One output: its texts, or its numbers and what they say as texts.</summary>
    public sealed record Output(Type Type, int[] Dimensions, string[] Texts, double[] Numbers);

    /// <summary>The outputs of each job by name.</summary>
    public static Dictionary<string, Output>[] Run(params IReadOnlyList<Job> jobs) => [.. jobs.Select(Run)];

    static Dictionary<string, Output> Run(Job job)
    {
        using var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            IntraOpNumThreads = 1,
        };
        try
        {
            using var session = new InferenceSession(job.Model, options);
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs =
                session.Run([.. job.Inputs.Select(input => Input(input.Key, input.Value, job.Rows))]);
            return outputs.ToDictionary(output => output.Name, ToOutput, StringComparer.Ordinal);
        }
        catch (OnnxRuntimeException exception)
        {
            Assert.Fail($"ONNX Runtime refused the model: {exception.Message}");
            throw;
        }
    }

    static NamedOnnxValue Input(string name, object values, int rows) => values switch
    {
        float[] numbers => NamedOnnxValue.CreateFromTensor(name, Tensor(numbers, rows)),
        double[] numbers => NamedOnnxValue.CreateFromTensor(name, Tensor(numbers, rows)),
        long[] codes => NamedOnnxValue.CreateFromTensor(name, Tensor(codes, rows)),
        string[] texts => NamedOnnxValue.CreateFromTensor(name, Tensor(texts, rows)),
        _ => throw new NotSupportedException(),
    };

    static DenseTensor<T> Tensor<T>(T[] values, int rows) => new(values, [rows, values.Length / rows]);

    static Output ToOutput(DisposableNamedOnnxValue output) => output.Value switch
    {
        Tensor<float> numbers => ToOutput(numbers, x => x),
        Tensor<double> numbers => ToOutput(numbers, x => x),
        Tensor<long> numbers => ToOutput(numbers, x => x),
        Tensor<string> texts => new Output(typeof(string), texts.Dimensions.ToArray(), [.. texts], []),
        _ => throw new NotSupportedException(),
    };

    static Output ToOutput<T>(Tensor<T> values, Func<T, double> toDouble)
        where T : IFormattable => new(
            typeof(T),
            values.Dimensions.ToArray(),
            [.. values.Select(x => x.ToString(null, CultureInfo.InvariantCulture))],
            [.. values.Select(toDouble)]);
}
