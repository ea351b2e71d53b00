using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;
using Backprop.Onnx.Proto;

namespace Backprop;

/// <summary>
/// An ONNX file that was read and whose every byte was distrusted: either a model that Backprop wrote or a network made
/// elsewhere.
/// </summary>
sealed class OnnxFile
{
    OnnxFile(ModelProto proto, string name) => (Proto, Name) = (proto, name);

    ModelProto Proto { get; }

    /// <summary>What messages call the file.</summary>
    public string Name { get; }

    /// <summary>Whether Backprop wrote it; otherwise only <see cref="ReadNetwork"/> applies.</summary>
    public bool IsBackpropModel => throw new NotSupportedException();

    /// <summary>Whether the model's element type is double; otherwise it is float.</summary>
    /// <exception cref="BackpropException">Backprop did not write the file, or its schema is damaged.</exception>
    public bool IsDouble => throw new NotSupportedException();

    /// <summary>The metadata of the file, without what Backprop keeps there for itself.</summary>
    public ImmutableSortedDictionary<string, string> Metadata => throw new NotSupportedException();

    /// <summary>Reads a file.</summary>
    /// <exception cref="BackpropException">It cannot be read, is too large, truncated or no ONNX.</exception>
    public static OnnxFile Open(string path) => throw new NotSupportedException();

    /// <summary>Reads bytes.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BackpropException">They are no ONNX.</exception>
    public static OnnxFile Parse(ReadOnlySpan<byte> bytes, string name) => throw new NotSupportedException();

    /// <summary>The model that Backprop wrote, checked against the graph beside it.</summary>
    /// <param name="own">Activations of the caller's own that the model may name.</param>
    /// <exception cref="BackpropException">
    /// Backprop did not write it, T is not its element type, or the graph is not the one that Backprop writes for it.
    /// </exception>
    public OnnxModel<T> ReadModel<T>(params ReadOnlySpan<Activation> own)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    /// <summary>The dense network in a file made elsewhere.</summary>
    /// <exception cref="BackpropException">It is another kind of network.</exception>
    public DenseNetwork ReadNetwork() => throw new NotSupportedException();
}
