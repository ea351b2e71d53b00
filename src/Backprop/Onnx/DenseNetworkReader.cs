using System.Globalization;
using Backprop.Engine;
using Backprop.Onnx.Proto;

namespace Backprop;

/// <summary>
/// Reads a plain dense network out of a graph made elsewhere: one chain from the one input to the output, made of
/// products, biases and activations. Anything else is refused by name.
/// </summary>
/// <remarks>
/// One ONNX operator on the way is one step here: MatMul and Gemm begin a layer, Add gives it a bias, an activation ends
/// it, Softmax ends the network. Operators that only read the outputs off (ArgMax and what follows it) are passed over.
/// </remarks>
sealed class DenseNetworkReader
{
    const int MostInputs = 1000;

    readonly GraphProto _graph;
    readonly string _file;
    readonly OnnxTensors _tensors;
    readonly HashSet<string> _usedWeights = new(StringComparer.Ordinal);
    readonly List<DenseLayer> _layers = [];
    DenseLayer? _open;
    bool _hasSoftmax;

    /// <summary>A reader of one graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="file">What messages call the file.</param>
    public DenseNetworkReader(GraphProto graph, string file)
    {
        (_graph, _file) = (graph, file);
        _tensors = new OnnxTensors(graph, file);
    }

    /// <summary>The network.</summary>
    /// <exception cref="BackpropException">The graph is something else.</exception>
    public DenseNetwork Read()
    {
        string[] inputs = [.. _graph.Input.Select(input => input.Name).Where(name => !_tensors.Has(name))];
        if (inputs.Length != 1)
            throw Refused($"it has {inputs.Length} inputs, where a plain dense network has one");

        if (_graph.Node.FirstOrDefault(node => node.Input.Count > MostInputs) is { } wide)
            throw Refused($"its operator {wide.OpType} takes {Counted.Of(wide.Input.Count, "value")}");
        ILookup<string, NodeProto> consumers = _graph.Node
            .SelectMany(node => node.Input.Distinct(StringComparer.Ordinal).Select(name => (name, node)))
            .ToLookup(pair => pair.name, pair => pair.node, StringComparer.Ordinal);
        var passed = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        string x = inputs[0];
        while (true)
        {
            NodeProto[] next = [.. consumers[x].Where(node => !ReadsOff(node))];
            if (next.Length == 0)
                break;
            if (next.Length > 1)
                throw Refused($"its value '{x}' goes to several operators, '{next[0].OpType}' and '{next[1].OpType}' among them");
            if (next[0].Output.Count == 0 || !passed.Add(next[0]))
                throw Refused($"its operator {next[0].OpType} gives nothing, or feeds itself");

            Pass(next[0], x);
            x = next[0].Output[0];
        }

        CheckNothingIsLeft(consumers, passed);
        Close(Activation.Linear);
        return _layers.Count > 0 ? new DenseNetwork(_file, [.. _layers], _hasSoftmax) : throw Refused("it has no layer");
    }

    void Pass(NodeProto node, string x)
    {
        if (node.Domain.Length > 0 && node.OpType is not "Gelu")
            throw Refused($"its operator {node.OpType} of '{node.Domain}' is not part of a plain dense network");
        if (node.Input.Count == 0 || (!Same(node.Input[0], x) && node.OpType is not "Add"))
            throw Refused($"its operator {node.OpType} takes the values in an order that no dense layer has");
        if (_hasSoftmax && node.OpType is not ("Identity" or "Cast"))
            throw Refused($"its operator {node.OpType} comes after Softmax");

        switch (node.OpType)
        {
            case "Identity" or "Dropout":
            case "Cast" when Setting(node, "to", 0)
                is (long)TensorProto.Types.DataType.Float or (long)TensorProto.Types.DataType.Double:
            case "Flatten" when Setting(node, "axis", 1) == 1:
                break;
            case "MatMul":
                Open(node, transposed: false, scale: 1);
                break;
            case "Gemm":
                OpenGemm(node);
                break;
            case "Add":
                AddBias(node, x);
                break;
            case "Softmax" when Setting(node, "axis", -1) is 1 or -1:
                Close(Activation.Linear);
                _hasSoftmax = true;
                if (_layers.Count == 0 || !_layers[^1].Activation.Equals(Activation.Linear))
                    throw Refused("its Softmax does not follow a linear layer");
                break;
            default:
                Activation activation = ActivationOf(node);
                if (_open is null)
                    throw Refused($"its operator {node.OpType} does not follow a layer");
                Close(activation);
                break;
        }
    }

    void Open(NodeProto node, bool transposed, double scale)
    {
        Close(Activation.Linear);
        string name = node.Input.Count > 1 ? node.Input[1] : "";
        int[] dimensions = _tensors.Dimensions(name);
        if (dimensions is not [> 0 and <= Network.MaximumWidth, > 0 and <= Network.MaximumWidth])
            throw Refused($"the weights '{name}' are not a matrix");
        if (!_usedWeights.Add(name) || _layers.Count == Network.MaximumDepth)
            throw Refused($"it uses the weights '{name}' twice, or has too many layers");

        double[] weights = _tensors.Numbers(name);
        (int inputs, int outputs) = transposed ? (dimensions[1], dimensions[0]) : (dimensions[0], dimensions[1]);
        if (transposed)
            weights = Transposed(weights, dimensions[0], dimensions[1]);
        Scale(weights, scale);
        if (_layers.Count > 0 && _layers[^1].Outputs != inputs)
            throw Refused(
                $"its layer {_layers.Count} gives {Counted.Of(_layers[^1].Outputs, "value")}, but the next one takes {inputs}");
        _open = new DenseLayer(inputs, outputs, weights, null, Activation.Linear);
    }

    void OpenGemm(NodeProto node)
    {
        if (Setting(node, "transA", 0) != 0)
            throw Refused("its Gemm transposes the values");
        Open(node, Setting(node, "transB", 0) != 0, Setting(node, "alpha", 1f));
        if (node.Input.Count > 2 && node.Input[2].Length > 0)
            SetBias(node.Input[2], Setting(node, "beta", 1f));
    }

    void AddBias(NodeProto node, string x)
    {
        if (_open is not { Bias: null } || node.Input.Count != 2 || Same(node.Input[0], node.Input[1]))
            throw Refused("its operator Add adds something other than a bias after a product");
        SetBias(Same(node.Input[0], x) ? node.Input[1] : node.Input[0], 1);
    }

    /// <summary>A bias [out], [1, out], or one number for all.</summary>
    void SetBias(string name, double scale)
    {
        int[] dimensions = _tensors.Dimensions(name);
        double[] numbers = _tensors.Numbers(name);
        int outputs = _open!.Outputs;
        bool isRow = numbers.Length == outputs && dimensions is [_] or [1, _];
        if (!isRow && numbers.Length != 1)
            throw Refused($"the bias '{name}' does not fit a layer of {outputs}");

        double[] bias = isRow ? numbers : [.. Enumerable.Repeat(numbers[0], outputs)];
        Scale(bias, scale);
        _open = _open with { Bias = bias };
    }

    void Close(Activation activation)
    {
        if (_open is not null)
            _layers.Add(_open with { Activation = activation });
        _open = null;
    }

    Activation ActivationOf(NodeProto node) => node.OpType switch
    {
        "Relu" => Activation.Relu,
        "Tanh" => Activation.Tanh,
        "Sigmoid" => Activation.Logistic,
        "Softplus" => Activation.Softplus,
        "Softsign" => Activation.Softsign,
        "Mish" => Activation.Mish,
        "Sin" => Activation.Sine,
        "Exp" => Activation.Exponential,
        "LeakyRelu" when Positive(node, "alpha", 0.01f) is { } slope => Activation.LeakyRelu(slope),
        "Elu" when Positive(node, "alpha", 1f) is { } alpha => Activation.Elu(alpha),
        "Selu" when IsNear(Setting(node, "alpha", 1.67326f), 1.67326324) && IsNear(Setting(node, "gamma", 1.0507f), 1.05070098)
            => Activation.Selu,
        "Gelu" when Find(node, "approximate")?.S?.ToStringUtf8() is null or "none" => Activation.Gelu,
        "Clip" when IsConstant(node, 1, -1) && IsConstant(node, 2, 1) => Activation.HardTanh,
        _ => throw Refused($"its operator {node.OpType} is not part of a plain dense network, or not with these settings"),
    };

    /// <summary>Operators that turn outputs into a decision, which a starting point does not need.</summary>
    static bool ReadsOff(NodeProto node) => node.OpType is "ArgMax" or "TopK" or "ZipMap" or "ArrayFeatureExtractor";

    /// <summary>Every node is on the chain, a constant, or behind an operator that reads off.</summary>
    void CheckNothingIsLeft(ILookup<string, NodeProto> consumers, HashSet<NodeProto> passed)
    {
        var queue = new Queue<NodeProto>(_graph.Node.Where(ReadsOff));
        while (queue.TryDequeue(out NodeProto? node))
        {
            if (!passed.Add(node))
                continue;
            foreach (NodeProto consumer in node.Output.Distinct(StringComparer.Ordinal).SelectMany(name => consumers[name]))
                queue.Enqueue(consumer);
        }

        NodeProto? left = _graph.Node.FirstOrDefault(node => node.OpType is not "Constant" && !passed.Contains(node));
        if (left is not null)
            throw Refused($"its operator {left.OpType} is not on the way from the input to the output");
    }

    bool IsConstant(NodeProto node, int input, double value) =>
        node.Input.Count > input && _tensors.Has(node.Input[input]) && _tensors.Numbers(node.Input[input]) is [double number]
        && number == value;

    /// <summary>The setting as the decimal that it was written as, if it is above 0.</summary>
    static double? Positive(NodeProto node, string name, float missing)
    {
        float value = Setting(node, name, missing);
        return float.IsFinite(value) && value > 0
            ? double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : null;
    }

    static bool IsNear(float value, double expected) => Math.Abs(value - expected) < 1e-4;

    static float Setting(NodeProto node, string name, float missing) =>
        Find(node, name) is { HasF: true } found ? found.F : missing;

    static long Setting(NodeProto node, string name, int missing) =>
        Find(node, name) is { HasI: true } found ? found.I : missing;

    static AttributeProto? Find(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(setting => Same(setting.Name, name));

    static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    static double[] Transposed(double[] matrix, int rows, int columns)
    {
        var transposed = new double[matrix.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                transposed[column * rows + row] = matrix[row * columns + column];
        }

        return transposed;
    }

    void Scale(double[] numbers, double scale)
    {
        if (!double.IsFinite(scale))
            throw Refused("its Gemm has a factor that is not finite");
        for (int i = 0; i < numbers.Length && scale != 1; i++)
            numbers[i] *= scale;
    }

    BackpropException Refused(string why) =>
        new($"'{_file}' is not a plain dense network that training could start from: {why}.");
}
