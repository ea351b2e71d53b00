using System.Numerics;
using Backprop.Engine;
using Backprop.Onnx.Proto;
using Google.Protobuf;

namespace Backprop;

/// <summary>Writes a model as one standard ONNX file: the same model gives the same bytes.</summary>
static class OnnxWriter
{
    /// <summary>The most bytes that the numbers of one ONNX file can have: protobuf ends at 2 GiB.</summary>
    const long MaximumParameterBytes = 2_000_000_000;

    /// <summary>The file's bytes.</summary>
    /// <exception cref="BackpropException">
    /// The model is too large for one ONNX file, or a text in it is not valid Unicode.
    /// </exception>
    /// <exception cref="ArgumentException">Encoder, network and target do not fit together.</exception>
    public static byte[] Write<T>(OnnxModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ToProto(model).ToByteArray();

    /// <summary>Writes the file beside its place and moves it there, so that nothing good is replaced by half a file.</summary>
    /// <exception cref="BackpropException">The file cannot be written, or the model is none that can.</exception>
    /// <exception cref="ArgumentException">Encoder, network and target do not fit together.</exception>
    public static void Save<T>(OnnxModel<T> model, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelProto proto = ToProto(model);
        AtomicFile.Write(path, proto.WriteTo);
    }

    static ModelProto ToProto<T>(OnnxModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = model.Parameters.Network;
        if (model.Encoder is { } encoder && encoder.FeatureCount != network.Inputs)
        {
            throw new ArgumentException(
                $"The encoder gives {encoder.FeatureCount} features, but the network takes {network.Inputs}.", nameof(model));
        }

        if (model.Encoder?.Fits(network) == false)
            throw new ArgumentException($"The encoder's codes do not fit the network {network}.", nameof(model));
        if (model.Target is { } target && !target.Accepts(network.Outputs))
            throw new ArgumentException($"The target does not fit a network of {network.Outputs} outputs.", nameof(model));
        if (model.Metadata.ContainsKey(ModelExport.SchemaKey))
            throw new ArgumentException($"The metadata key {ModelExport.SchemaKey} is the file's own.", nameof(model));

        long bytes = network.ParameterCount * (typeof(T) == typeof(float) ? sizeof(float) : sizeof(double));
        return bytes <= MaximumParameterBytes
            ? ModelExport.Write(model)
            : throw new BackpropException($"The network has {network.ParameterCount} parameters: more than one ONNX file holds.");
    }
}
