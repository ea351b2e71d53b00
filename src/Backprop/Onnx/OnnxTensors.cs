using System.Buffers.Binary;
using Backprop.Onnx.Proto;

namespace Backprop;

/// <summary>
/// The constant tensors of a graph by name, read with distrust: shapes, types, lengths and numbers are checked.
/// </summary>
sealed class OnnxTensors
{
    readonly Dictionary<string, TensorProto> _tensors = new(StringComparer.Ordinal);
    readonly string _file;

    /// <summary>The initializers and Constant nodes of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="BackpropException">A name comes twice, or numbers stand in another file.</exception>
    public OnnxTensors(GraphProto graph, string file)
    {
        _file = file;
        foreach (TensorProto tensor in graph.Initializer)
            Add(tensor.Name, tensor);

        foreach (NodeProto node in graph.Node)
        {
            if (node is { OpType: "Constant", Domain: "", Output: [string name], Attribute: [{ Name: "value", T: { } value }] })
                Add(name, value);
        }
    }

    /// <summary>Whether there is a constant of that name.</summary>
    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>The dimensions of a constant.</summary>
    /// <exception cref="BackpropException">There is no such constant, or a dimension is none.</exception>
    public int[] Dimensions(string name)
    {
        TensorProto tensor = Find(name);
        if (tensor.Dims.Count > 8 || tensor.Dims.Any(size => size is < 0 or > int.MaxValue))
            throw Unusable(name, "a shape that no layer has");
        return [.. tensor.Dims.Select(size => (int)size)];
    }

    /// <summary>Whether the numbers of a constant are double; otherwise they are float.</summary>
    /// <exception cref="BackpropException">They are something else.</exception>
    public bool IsDouble(string name) => Find(name).DataType switch
    {
        (int)TensorProto.Types.DataType.Float => false,
        (int)TensorProto.Types.DataType.Double => true,
        int other => throw Unusable(name, $"numbers of ONNX type {other}, where only float and double are read"),
    };

    /// <summary>The numbers of a constant, row-major.</summary>
    /// <exception cref="BackpropException">
    /// There is no such constant, its numbers are fewer or more than its shape says, or one is not finite.
    /// </exception>
    public double[] Numbers(string name)
    {
        TensorProto tensor = Find(name);
        long count = 1;
        foreach (int size in Dimensions(name))
        {
            count *= size;
            if (count > int.MaxValue)
                throw Unusable(name, "more numbers than the file has");
        }

        bool isDouble = IsDouble(name);
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        int width = isDouble ? sizeof(double) : sizeof(float);
        int listed = isDouble ? tensor.DoubleData.Count : tensor.FloatData.Count;
        bool isRaw = raw.Length > 0 || count == 0;
        if (isRaw ? raw.Length != count * width || listed > 0 : listed != count)
            throw Unusable(name, "fewer or more numbers than its shape says");

        // The numbers are there, so the array is no larger than twice the file.
        var numbers = new double[count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (isRaw, isDouble) switch
            {
                (true, true) => BinaryPrimitives.ReadDoubleLittleEndian(raw[(i * sizeof(double))..]),
                (true, false) => BinaryPrimitives.ReadSingleLittleEndian(raw[(i * sizeof(float))..]),
                (false, true) => tensor.DoubleData[i],
                (false, false) => tensor.FloatData[i],
            };
            if (!double.IsFinite(numbers[i]))
                throw Unusable(name, "a number that is not finite");
        }

        return numbers;
    }

    void Add(string name, TensorProto tensor)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.Default || tensor.ExternalData.Count > 0)
        {
            throw new BackpropException($"'{_file}' keeps the numbers of '{name}' in another file, which is not read; save the "
                + "network as one ONNX file.");
        }

        if (!_tensors.TryAdd(name, tensor))
            throw Unusable(name, "two contents");
    }

    TensorProto Find(string name) => _tensors.TryGetValue(name, out TensorProto? tensor)
        ? tensor
        : throw new BackpropException($"'{_file}' has no constant '{name}'; it is damaged or was changed.");

    BackpropException Unusable(string name, string what) => new($"'{_file}' has a constant '{name}' with {what}.");
}
