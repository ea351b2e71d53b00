using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Backprop.Engine;
using Backprop.Onnx.Proto;
using Google.Protobuf;

namespace Backprop;

/// <summary>
/// An ONNX file that was read and whose every byte was distrusted: either a model that Backprop wrote or a network made
/// elsewhere.
/// </summary>
sealed class OnnxFile
{
    const int MostMetadata = 10_000;

    readonly ModelProto _proto;
    readonly ModelSchema? _schema;
    readonly long _length;

    OnnxFile(ModelProto proto, string name, long length)
    {
        (_proto, Name, _length) = (proto, name, length);
        if (proto.MetadataProps.Count > MostMetadata)
            throw new BackpropException(
                $"'{name}' has {proto.MetadataProps.Count} texts in its metadata; the most is {MostMetadata}.");
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (StringStringEntryProto entry in proto.MetadataProps)
        {
            if (metadata.ContainsKey(entry.Key))
                throw new BackpropException($"'{name}' says '{entry.Key}' twice in its metadata; it is damaged or was changed.");
            metadata.Add(entry.Key, entry.Value);
        }

        if (metadata.Remove(ModelExport.SchemaKey, out string? schema))
            _schema = ReadSchema(schema);
        Metadata = metadata.ToImmutable();
    }

    /// <summary>What messages call the file.</summary>
    public string Name { get; }

    /// <summary>Whether Backprop wrote it; otherwise only <see cref="ReadNetwork"/> applies.</summary>
    public bool IsBackpropModel => _schema is not null;

    /// <summary>Whether the model's element type is double; otherwise it is float.</summary>
    /// <exception cref="BackpropException">Backprop did not write the file.</exception>
    public bool IsDouble => string.Equals(Schema.Precision, Element.Name<double>(), StringComparison.Ordinal);

    /// <summary>The metadata of the file, without what Backprop keeps there for itself.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>What the graph takes.</summary>
    public IReadOnlyList<OnnxValue> Inputs => [.. _proto.Graph.Input.Select(Value)];

    /// <summary>What the graph gives.</summary>
    public IReadOnlyList<OnnxValue> Outputs => [.. _proto.Graph.Output.Select(Value)];

    ModelSchema Schema => _schema ?? throw new BackpropException(
        $"'{Name}' is an ONNX file that Backprop did not write: it says nothing about columns, and can only be started from.");

    /// <summary>Reads a file.</summary>
    /// <exception cref="BackpropException">It cannot be read, is too large, truncated or no ONNX.</exception>
    public static OnnxFile Open(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (Directory.Exists(path))
                throw new BackpropException($"'{path}' is a folder, not a model file.");
            if (!file.Exists)
                throw new BackpropException($"There is no file '{path}'.");
            if (file.Length > int.MaxValue)
                throw new BackpropException($"'{path}' has {file.Length} bytes; an ONNX file has at most 2 GiB.");
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BackpropException($"Cannot read '{path}': {error.Message}", error);
        }
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BackpropException">They are no ONNX.</exception>
    public static OnnxFile Parse(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.IsEmpty)
            throw new BackpropException($"'{name}' is empty, not a model file.");

        ModelProto? proto = null;
        Exception? cause = null;
        if (WireScan.Accepts(bytes))
        {
            try
            {
                proto = ModelProto.Parser.ParseFrom(bytes);
            }
            catch (InvalidProtocolBufferException error)
            {
                cause = error;
            }
        }

        if (proto?.Graph is null || proto.Graph.Node.Count == 0)
            throw new BackpropException($"'{name}' is no ONNX file, or it is cut off or damaged.", cause!);
        return new OnnxFile(proto, name, bytes.Length);
    }

    /// <summary>The model that Backprop wrote, checked against the graph beside it.</summary>
    /// <param name="own">Activations of the caller's own that the model may name.</param>
    /// <exception cref="BackpropException">
    /// Backprop did not write it, T is not its element type, or the graph is not the one that Backprop writes for it.
    /// </exception>
    public OnnxModel<T> ReadModel<T>(params ReadOnlySpan<Activation> own)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double) != IsDouble)
            throw new BackpropException($"'{Name}' is a model of {Schema.Precision} precision.");

        ThrowUnlessGraphIsAsLarge();
        (Network network, TableEncoder? encoder, TargetDecoder? target) = ReadShape(own);
        CheckSize<T>(network);
        if (encoder?.Fits(network) == false)
            throw Changed("its encoders do not fit its network");
        if (target?.Accepts(network.Outputs) == false)
            throw Changed("its target does not fit its network");

        var model = new OnnxModel<T>(encoder, target, ReadParameters<T>(network), Metadata);
        // A file cannot say one thing and compute another: it must be what is written for what it says.
        return ModelExport.Write(model).Equals(_proto)
            ? model
            : throw Changed("its graph is not the one that belongs to its description");
    }

    /// <summary>The dense network in a file made elsewhere.</summary>
    /// <exception cref="BackpropException">It is another kind of network.</exception>
    public DenseNetwork ReadNetwork() => new DenseNetworkReader(_proto.Graph, Name).Read();

    ModelSchema ReadSchema(string json)
    {
        try
        {
            ModelSchema schema = ModelSchema.Parse(json);
            if (schema.Format != ModelSchema.CurrentFormat)
            {
                throw new BackpropException(
                    $"'{Name}' has model format {schema.Format}; this version of Backprop reads {ModelSchema.CurrentFormat}.");
            }

            bool isKnown = string.Equals(schema.Precision, Element.Name<float>(), StringComparison.Ordinal)
                || string.Equals(schema.Precision, Element.Name<double>(), StringComparison.Ordinal);
            return isKnown ? schema : throw Changed($"its precision is '{schema.Precision}'");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new BackpropException($"'{Name}' has a damaged description in its metadata ({ModelExport.SchemaKey}).", error);
        }
    }

    (Network Network, TableEncoder? Encoder, TargetDecoder? Target) ReadShape(ReadOnlySpan<Activation> own)
    {
        try
        {
            return (Schema.ToNetwork(own), Schema.ToEncoder(), Schema.Target?.ToTarget());
        }
        catch (Exception error) when (error is ArgumentException or BackpropException or OverflowException)
        {
            string what = error is ArgumentException argument ? UserMistake.Of(argument).Message : error.Message;
            throw new BackpropException($"'{Name}' describes no usable model: {what}", error);
        }
    }

    /// <summary>
    /// Refuses a description of more columns or layers than the graph has inputs or nodes, before memory is taken for what
    /// belongs to them.
    /// </summary>
    void ThrowUnlessGraphIsAsLarge()
    {
        if (Schema.Columns is { } columns && columns.Length != _proto.Graph.Input.Count)
            throw Changed("it describes other columns than its graph takes");
        int nodes = _proto.Graph.Node.Count;
        if (Schema.Layers.Length > nodes || Schema.Layers.Any(layer => layer?.Tables?.Length > nodes))
            throw Changed("it describes more layers than its graph has");
    }

    /// <summary>Refuses a description of more numbers than the file can hold, before memory is taken for them.</summary>
    void CheckSize<T>(Network network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long bytes = network.ParameterCount * (typeof(T) == typeof(float) ? sizeof(float) : sizeof(double));
        foreach (Dense layer in network.Layers.OfType<Dense>())
            bytes += (layer.Activations.Select(run => run.Activation).Distinct().Count() - 1L) * layer.Width;
        if (bytes > _length)
            throw Changed("it describes a network with more numbers than it has");
    }

    Parameters<T> ReadParameters<T>(Network network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensors = new OnnxTensors(_proto.Graph, Name);
        var parameters = new Parameters<T>(network);
        foreach ((Tensor tensor, Matrix<T> numbers) in network.Layout.Tensors.Zip(parameters.Tensors))
        {
            Read(tensors, tensor.ToString(), numbers, isMatrix: tensor.Role == TensorRole.Weight);
            if (tensor.Name == TensorShape.Variance && numbers[0].ContainsAnyInRange(T.NegativeInfinity, -T.Epsilon))
                throw Changed($"'{tensor}' has a number below 0");
        }

        return parameters;
    }

    void Read<T>(OnnxTensors tensors, string name, Matrix<T> matrix, bool isMatrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] expected = isMatrix ? [matrix.Rows, matrix.Columns] : [matrix.Columns];
        if (tensors.IsDouble(name) != IsDouble || !tensors.Dimensions(name).SequenceEqual(expected))
            throw Changed($"'{name}' has another shape or type than it says");

        double[] numbers = tensors.Numbers(name);
        for (int row = 0; row < matrix.Rows; row++)
        {
            Span<T> destination = matrix[row];
            for (int column = 0; column < destination.Length; column++)
                destination[column] = Element.Of<T>(numbers[row * destination.Length + column]);
        }
    }

    static OnnxValue Value(ValueInfoProto value) => new(
        value.Name,
        ((TensorProto.Types.DataType)(value.Type?.TensorType?.ElemType ?? 0)).ToString().ToLowerInvariant(),
        [.. (value.Type?.TensorType?.Shape?.Dim ?? []).Select(
            dimension =>
                dimension.DimParam.Length > 0 ? dimension.DimParam : dimension.DimValue.ToString(CultureInfo.InvariantCulture))]);

    BackpropException Changed(string what) =>
        new($"'{Name}' is damaged, or was changed after Backprop wrote it: {what}.") { SaysChanged = true };
}
