using Backprop.Onnx.Proto;
using Google.Protobuf;

namespace Backprop.Tests;

/// <summary>Dense networks as other tools write them.</summary>
static class Foreign
{
    /// <summary>Gemm with a transposed matrix and factors, MatMul and Add with constants on either side, Softmax.</summary>
    public static byte[] Mixed() => Model(
        Node("Flatten", ["x"], "flat"),
        Constant("w1", [3, 2], 0.5f, -1, 2, 0.25f, -0.75f, 1.5f),
        Constant("b1", [3], 1, -2, 0.5f),
        Node("Gemm", ["flat", "w1", "b1"], "u1", Setting("transB", 1L), Setting("alpha", 0.5f), Setting("beta", 2f)),
        Node("LeakyRelu", ["u1"], "x1", Setting("alpha", 0.1f)),
        Constant("w2", [3, 3], 1, 2, 3, -1, 0, 1, 0.5f, 0.25f, -0.5f),
        Constant("b2", [1, 3], 0.125f, -0.25f, 0.5f),
        Node("MatMul", ["x1", "w2"], "m2"),
        Node("Add", ["b2", "m2"], "u2"),
        Node("Identity", ["u2"], "same"),
        Node("Softmax", ["same"], "y"));

    /// <summary>A model of nodes from x [rows, 2] to y.</summary>
    public static byte[] Model(params NodeProto[] nodes) => Proto(nodes).ToByteArray();

    public static ModelProto Proto(params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "elsewhere" };
        graph.Node.AddRange(nodes);
        graph.Input.Add(Value("x", 2));
        graph.Output.Add(Value("y", null));
        var model = new ModelProto { IrVersion = 7, ProducerName = "elsewhere", Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
        return model;
    }

    public static NodeProto Node(string operation, string[] inputs, string output, params AttributeProto[] settings)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(settings);
        return node;
    }

    public static NodeProto Constant(string name, long[] dimensions, params float[] numbers)
    {
        var tensor = new TensorProto { DataType = (int)TensorProto.Types.DataType.Float };
        tensor.Dims.AddRange(dimensions);
        tensor.FloatData.AddRange(numbers);
        return Node("Constant", [], name, new AttributeProto
        {
            Name = "value",
            Type = AttributeProto.Types.AttributeType.Tensor,
            T = tensor,
        });
    }

    public static AttributeProto Setting(string name, long value) => GraphBuilder.Setting(name, value);

    public static AttributeProto Setting(string name, float value) => GraphBuilder.Setting(name, value);

    static ValueInfoProto Value(string name, int? columns)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "rows" });
        shape.Dim.Add(columns is { } count
            ? new TensorShapeProto.Types.Dimension { DimValue = count }
            : new TensorShapeProto.Types.Dimension { DimParam = "columns" });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape },
            },
        };
    }
}
