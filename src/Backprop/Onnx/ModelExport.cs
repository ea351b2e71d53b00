using System.Numerics;
using Backprop.Engine;
using Backprop.Onnx.Proto;

namespace Backprop;

/// <summary>Writes a whole model as an ONNX message: encoders, network, decoding of the output, schema and metadata.</summary>
static class ModelExport
{
    /// <summary>What the file says wrote it: the same for every machine and build.</summary>
    public const string Producer = "backprop";

    /// <summary>The metadata key of the <see cref="ModelSchema"/>.</summary>
    public const string SchemaKey = "backprop.schema";

    const int IrVersion = 7;
    const string Label = "label";
    const string Probabilities = "probabilities";
    const string Prediction = "prediction";
    const string Output = "output";
    const string Input = "input";
    const string Codes = "codes";

    /// <summary>The model as a message.</summary>
    /// <exception cref="BackpropException">A text in the model is not valid Unicode.</exception>
    public static ModelProto Write<T>(OnnxModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = model.Parameters.Network;
        GraphBuilder graph = EmptyGraph(network, typeof(T) == typeof(double));
        (string features, string codes) = model.Encoder is { } encoder
            ? EncoderExport.Write(graph, encoder)
            : Inputs(graph, network);
        string x = NetworkExport.Write(graph, model.Parameters, features, codes);
        switch (model.Target)
        {
            case ClassTarget classes:
                WriteClasses(graph, classes, x, network.Outputs);
                break;
            case NumberTarget numbers:
                WriteNumbers(graph, numbers, x);
                break;
            default:
                graph.NodeNamed(Output, "Identity", [x]);
                graph.Output(Output, graph.Number, network.Outputs);
                break;
        }

        var proto = new ModelProto { IrVersion = IrVersion, ProducerName = Producer, Graph = graph.Build() };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = GraphBuilder.OpsetVersion });
        proto.OpsetImport.Add(new OperatorSetIdProto
        {
            Domain = GraphBuilder.MachineLearning,
            Version = GraphBuilder.MachineLearningVersion,
        });
        proto.MetadataProps.Add(new StringStringEntryProto { Key = SchemaKey, Value = ModelSchema.Of(model).ToJson() });
        foreach ((string key, string value) in model.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            proto.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return proto;
    }

    /// <summary>What the inputs of a model's graph are called, in the order of its columns.</summary>
    public static IReadOnlyList<string> InputNames(TableEncoder encoder, Network network, bool isDouble) =>
        EncoderExport.Inputs(EmptyGraph(network, isDouble), encoder);

    /// <summary>A graph in which outputs and parameters have their names already, so that no input gets one of them.</summary>
    static GraphBuilder EmptyGraph(Network network, bool isDouble)
    {
        IEnumerable<string> parameters = network.Layout.Tensors.Select(tensor => tensor.ToString());
        return new GraphBuilder(isDouble, [Label, Probabilities, Prediction, Output, .. parameters]);
    }

    /// <summary>
    /// The inputs of a network that takes numbers and codes as they are; the names of those that there are not are empty.
    /// </summary>
    static (string Features, string Codes) Inputs(GraphBuilder graph, Network network) => (
        network.Inputs > 0 ? graph.Input(Input, graph.Number, network.Inputs) : "",
        network.Codes > 0 ? graph.Input(Codes, TensorProto.Types.DataType.Int64, network.Codes) : "");

    /// <summary>Probabilities, from one output as [1 − x, x], and the class of the largest, the first of equal ones.</summary>
    static void WriteClasses(GraphBuilder graph, ClassTarget target, string x, int outputs)
    {
        if (outputs == 1)
            graph.NodeNamed(
                Probabilities, "Concat", [graph.Node("Sub", graph.Scalar(1), x), x], GraphBuilder.Setting("axis", 1L));
        else
            graph.NodeNamed(Probabilities, "Identity", [x]);

        string index = graph.Node(
            "ArgMax", [Probabilities], GraphBuilder.Setting("axis", 1L), GraphBuilder.Setting("keepdims", 0L));
        graph.NodeNamed(
            Label,
            "LabelEncoder",
            [index],
            GraphBuilder.Setting("keys_int64s", Enumerable.Range(0, target.Classes.Length).Select(i => (long)i)),
            GraphBuilder.Setting("values_strings", target.Classes));
        graph.Output(Label, TensorProto.Types.DataType.String, columns: null);
        graph.Output(Probabilities, graph.Number, target.Classes.Length);
    }

    /// <summary>x · deviation + mean; a prediction that single precision cannot hold is an output of doubles.</summary>
    static void WriteNumbers(GraphBuilder graph, NumberTarget target, string x)
    {
        TensorProto.Types.DataType type = target.InDouble ? TensorProto.Types.DataType.Double : graph.Number;
        if (target.IsPlain)
        {
            graph.NodeNamed(Prediction, "Identity", [x]);
        }
        else
        {
            bool inDouble = type == TensorProto.Types.DataType.Double;
            string scaled = graph.Node("Mul", graph.CastTo(type, x), graph.Numbers("deviations", target.Deviations, inDouble));
            graph.NodeNamed(Prediction, "Add", [scaled, graph.Numbers("means", target.Means, inDouble)]);
        }

        graph.Output(Prediction, type, target.Columns.Length);
    }
}
