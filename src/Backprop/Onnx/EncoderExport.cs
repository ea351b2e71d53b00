using System.Collections.Immutable;
using Backprop.Onnx.Proto;

namespace Backprop;

/// <summary>
/// Writes encoders into a graph: one input per raw column, then the column's operations one by one, then the features
/// side by side.
/// </summary>
static class EncoderExport
{
    /// <summary>Writes all columns.</summary>
    /// <returns>The name of the features [rows, features].</returns>
    public static string Write(GraphBuilder graph, TableEncoder encoder)
    {
        // Inputs first: they are to get the columns' names before other values take them.
        string[] inputs = Inputs(graph, encoder);
        var features = new List<string>();
        for (int i = 0; i < inputs.Length; i++)
            features.AddRange(Write(graph, encoder.Columns[i], inputs[i]));

        return graph.Node("Concat", features.ToArray(), GraphBuilder.Setting("axis", 1L));
    }

    /// <summary>Text, or numbers: in double where the column's operations are.</summary>
    static TensorProto.Types.DataType Type(GraphBuilder graph, ColumnEncoder column) =>
        column.TakesText ? TensorProto.Types.DataType.String
        : IsInDouble(column) ? TensorProto.Types.DataType.Double
        : graph.Number;

    static bool IsInDouble(ColumnEncoder column) => column.Operations is [InDouble, ..];

    /// <summary>Writes one input for each column.</summary>
    /// <returns>Their names.</returns>
    public static string[] Inputs(GraphBuilder graph, TableEncoder encoder) => [.. encoder.Columns.Select(column => graph.Input(
        column.Name, Type(graph, column), columns: 1))];

    /// <summary>Writes the operations of one column.</summary>
    /// <returns>The names of its parts of the features, in order.</returns>
    static ImmutableArray<string> Write(GraphBuilder graph, ColumnEncoder column, string x)
    {
        string? indicator = null;
        bool inDouble = IsInDouble(column);
        foreach (EncoderOperation operation in column.Operations)
        {
            switch (operation)
            {
                case Lookup lookup:
                    x = Index(graph, lookup, x);
                    break;
                case OneHot oneHot:
                    x = Features(graph, oneHot, x);
                    break;
                case YesNo yesNo:
                    x = ZeroOrOne(graph, yesNo, x);
                    break;
                case InDouble:
                    break; // The input is double.
                case MissingIndicator:
                    indicator = Indicator(graph, x);
                    break;
                case IsMissing:
                    x = Indicator(graph, x);
                    break;
                case FillMissing fill:
                    x = graph.Node("Where", graph.Node("IsNaN", x), graph.Scalar(fill.Value, inDouble), x);
                    break;
                case Subtract subtract:
                    x = graph.Node("Sub", x, graph.Scalar(subtract.Value, inDouble));
                    break;
                case Divide divide:
                    x = graph.Node("Div", x, graph.Scalar(divide.Value, inDouble));
                    break;
                default:
                    throw new NotSupportedException($"{operation} has no ONNX form.");
            }
        }

        x = inDouble ? graph.CastFromDouble(x) : x;
        return indicator is null ? [x] : [x, indicator];
    }

    /// <summary>Text to index; unknown texts get the first index past the features.</summary>
    static string Index(GraphBuilder graph, Lookup lookup, string x)
    {
        long missing = lookup.MissingHasIndex ? lookup.Missing : lookup.Unknown;
        var indices = Enumerable.Range(0, lookup.Values.Length).Select(i => (long)i)
            .Concat(lookup.MissingTokens.Select(_ => missing));
        return graph.Node(
            "LabelEncoder",
            [x],
            GraphBuilder.Setting("keys_strings", lookup.Values.Concat(lookup.MissingTokens)),
            GraphBuilder.Setting("values_int64s", indices),
            GraphBuilder.Setting("default_int64", (long)lookup.Unknown));
    }

    /// <summary>Index [rows, 1] to features [rows, depth].</summary>
    static string Features(GraphBuilder graph, OneHot oneHot, string index)
    {
        string rows = graph.Node("Squeeze", index, graph.Once("axis 1", static g => g.Integers("axis", 1)));
        string offOn = graph.Once("off on", static g => g.Tensor<float>("off on", [2], [0, 1]));
        string features = graph.Node(
            "OneHot",
            [rows, graph.Integer("depth", oneHot.Depth), offOn],
            GraphBuilder.Setting("axis", 1L));
        return ToNumber(graph, features);
    }

    static string ZeroOrOne(GraphBuilder graph, YesNo yesNo, string x)
    {
        string number = graph.Node(
            "LabelEncoder",
            [x],
            GraphBuilder.Setting("keys_strings", yesNo.No.Concat(yesNo.Yes)),
            GraphBuilder.Setting("values_floats", yesNo.No.Select(_ => 0f).Concat(yesNo.Yes.Select(_ => 1f))),
            GraphBuilder.Setting("default_float", float.NaN));
        return ToNumber(graph, number);
    }

    static string Indicator(GraphBuilder graph, string x) =>
        graph.Node("Cast", [graph.Node("IsNaN", x)], GraphBuilder.Setting("to", (long)graph.Number));

    /// <summary>From float, which LabelEncoder and OneHot give, to the graph's element type.</summary>
    static string ToNumber(GraphBuilder graph, string single) => graph.IsDouble
        ? graph.Node("Cast", [single], GraphBuilder.Setting("to", (long)graph.Number))
        : single;
}
