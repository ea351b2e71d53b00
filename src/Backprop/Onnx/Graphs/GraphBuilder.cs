using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Backprop.Onnx.Proto;
using Google.Protobuf;

namespace Backprop;

/// <summary>
/// Collects the nodes, constants, inputs and outputs of one ONNX graph and gives every value a name of its own. The
/// same calls in the same order give the same graph.
/// </summary>
sealed class GraphBuilder
{
    /// <summary>The operator set of the default domain: ONNX 1.8, which every runtime of the last years has.</summary>
    public const int OpsetVersion = 13;

    /// <summary>The operator set of <see cref="MachineLearning"/>.</summary>
    public const int MachineLearningVersion = 2;

    /// <summary>The domain of LabelEncoder.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    readonly GraphProto _graph = new() { Name = "backprop" };
    readonly HashSet<string> _names = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _lastNumbers = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>An empty graph.</summary>
    /// <param name="isDouble">Whether its numbers are double; otherwise they are float.</param>
    /// <param name="reserved">Names for what is named by the caller; nothing else gets them.</param>
    public GraphBuilder(bool isDouble, params IEnumerable<string> reserved)
    {
        IsDouble = isDouble;
        foreach (string name in reserved)
            _names.Add(name);
    }

    /// <summary>Whether the graph's numbers are double; otherwise they are float.</summary>
    public bool IsDouble { get; }

    /// <summary>The element type of the graph's numbers.</summary>
    public TensorProto.Types.DataType Number =>
        IsDouble ? TensorProto.Types.DataType.Double : TensorProto.Types.DataType.Float;

    /// <summary>The graph so far.</summary>
    public GraphProto Build() => _graph;

    /// <summary>An input [rows, columns] with a free number of rows.</summary>
    /// <returns>Its name: the one asked for, or that with " (input)" where an output has it.</returns>
    public string Input(string name, TensorProto.Types.DataType type, int columns)
    {
        while (!_names.Add(Checked(name)))
            name += " (input)";
        _graph.Input.Add(Value(name, type, columns));
        return name;
    }

    /// <summary>Declares a value of the graph, made by a node of that name, as its output.</summary>
    /// <param name="name">The value.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="columns">Its columns; null where it has only rows.</param>
    public void Output(string name, TensorProto.Types.DataType type, int? columns) =>
        _graph.Output.Add(Value(name, type, columns));

    /// <summary>A node of the default domain without settings; asked twice for the same one, there is one.</summary>
    /// <returns>The name of its value.</returns>
    public string Node(string operation, params ReadOnlySpan<string> inputs)
    {
        string key = $"{operation}\n{string.Join('\n', inputs)}";
        if (!_known.TryGetValue(key, out string? name))
        {
            name = Node(operation, Free(operation), inputs, []);
            _known.Add(key, name);
        }

        return name;
    }

    /// <summary>A node with settings whose value gets a name that is still free.</summary>
    public string Node(string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Node(operation, Free(operation), inputs, attributes);

    /// <summary>A node whose value has a name that the caller has reserved.</summary>
    public string NodeNamed(
        string name, string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        return Node(operation, name, inputs, attributes);
    }

    /// <summary>A number of the graph's element type, rounded once; the same number is stored once.</summary>
    /// <param name="value">The number.</param>
    /// <param name="inDouble">Whether it is double in a graph of floats, too.</param>
    public string Scalar(double value, bool inDouble = false)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return inDouble || IsDouble
            ? Once($"double {text}", graph => graph.Tensor<double>(text, [], [value]))
            : Once($"number {text}", graph => graph.Tensor<float>(text, [], [(float)value]));
    }

    /// <summary>A value of the graph's element type as another, where it is another.</summary>
    public string CastTo(TensorProto.Types.DataType type, string x) =>
        type == Number ? x : Node("Cast", [x], Setting("to", (long)type));

    /// <summary>A value of doubles as the graph's element type.</summary>
    public string CastFromDouble(string x) => IsDouble ? x : Node("Cast", [x], Setting("to", (long)Number));

    /// <summary>A list of whole numbers.</summary>
    public string Integers(string hint, params ReadOnlySpan<long> values) =>
        Add(Free(hint), TensorProto.Types.DataType.Int64, [values.Length], MemoryMarshal.AsBytes(values), sizeof(long));

    /// <summary>One whole number without a dimension.</summary>
    public string Integer(string hint, long value) =>
        Add(
            Free(hint), TensorProto.Types.DataType.Int64, [], MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)),
            sizeof(long));

    /// <summary>Truth values, one per neuron: [1, neurons].</summary>
    public string Mask(string hint, ReadOnlySpan<bool> values) => Add(
        Free(hint), TensorProto.Types.DataType.Bool, [1, values.Length], MemoryMarshal.AsBytes(values), sizeof(bool));

    /// <summary>Numbers of the graph's element type, rounded once.</summary>
    /// <param name="hint">A name, where it is free.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="inDouble">Whether they are double in a graph of floats, too.</param>
    public string Numbers(string hint, IReadOnlyCollection<double> values, bool inDouble = false) => inDouble || IsDouble
        ? Tensor<double>(hint, [values.Count], [.. values])
        : Tensor<float>(hint, [values.Count], [.. values.Select(value => (float)value)]);

    /// <summary>Numbers of either type, with a name that is still free.</summary>
    public string Tensor<T>(string hint, ReadOnlySpan<long> dimensions, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorNamed(Free(hint), dimensions, values);

    /// <summary>Numbers of either type, with a name that the caller has reserved.</summary>
    public string TensorNamed<T>(string name, ReadOnlySpan<long> dimensions, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Add(
            name,
            typeof(T) == typeof(float) ? TensorProto.Types.DataType.Float : TensorProto.Types.DataType.Double,
            dimensions,
            MemoryMarshal.AsBytes(values),
            Unsafe.SizeOf<T>());

    /// <summary>A value that several parts of the graph need: made the first time, then known by its key.</summary>
    public string Once(string key, Func<GraphBuilder, string> make)
    {
        if (!_known.TryGetValue(key, out string? name))
        {
            name = make(this);
            _known.Add(key, name);
        }

        return name;
    }

    /// <summary>A whole-number setting.</summary>
    public static AttributeProto Setting(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A number setting.</summary>
    public static AttributeProto Setting(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    /// <summary>A text setting.</summary>
    public static AttributeProto Setting(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(Checked(value)) };

    /// <summary>A setting of texts.</summary>
    public static AttributeProto Setting(string name, IEnumerable<string> values)
    {
        var setting = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        setting.Strings.AddRange(values.Select(value => ByteString.CopyFromUtf8(Checked(value))));
        return setting;
    }

    /// <summary>A setting of whole numbers.</summary>
    public static AttributeProto Setting(string name, IEnumerable<long> values)
    {
        var setting = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        setting.Ints.AddRange(values);
        return setting;
    }

    /// <summary>A setting of numbers.</summary>
    public static AttributeProto Setting(string name, IEnumerable<float> values)
    {
        var setting = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats };
        setting.Floats.AddRange(values);
        return setting;
    }

    string Node(
        string operation, string name, ReadOnlySpan<string> inputs, ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.AddRange(inputs.ToArray());
        node.Output.Add(name);
        node.Attribute.AddRange(attributes.ToArray());
        if (string.Equals(operation, "LabelEncoder", StringComparison.Ordinal))
            node.Domain = MachineLearning;
        _graph.Node.Add(node);
        return name;
    }

    string Add(
        string name, TensorProto.Types.DataType type, ReadOnlySpan<long> dimensions, ReadOnlySpan<byte> bytes, int size)
    {
        byte[] raw = bytes.ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < raw.Length; i += size)
                raw.AsSpan(i, size).Reverse();
        }

        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(raw) };
        tensor.Dims.AddRange(dimensions.ToArray());
        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>The hint itself, or with the first number that makes it free.</summary>
    string Free(string hint)
    {
        string name = Checked(hint);
        if (_names.Add(name))
            return name;
        // No name is ever given back, so the search goes on where it ended: else many columns would take their square in time.
        int i = _lastNumbers.GetValueOrDefault(hint, 1);
        do
            name = string.Create(CultureInfo.InvariantCulture, $"{hint}_{++i}");
        while (!_names.Add(name));
        _lastNumbers[hint] = i;
        return name;
    }

    static ValueInfoProto Value(string name, TensorProto.Types.DataType type, int? columns)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "rows" });
        if (columns is { } count)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = count });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        };
    }

    /// <summary>The text, if it can be written as UTF-8 and read back the same.</summary>
    static string Checked(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!Rune.TryGetRuneAt(text, i, out _))
                throw new BackpropException($"The text '{text}' is not valid Unicode, so a model file cannot hold it.");
            i++;
        }

        return text;
    }
}
