using Backprop.Onnx.Proto;

namespace Backprop;

/// <summary>
/// Writes encoders into a graph: one input per raw column, then the column's operations one by one, then the features
/// side by side, and the codes.
/// </summary>
static class EncoderExport
{
    /// <summary>Writes all columns.</summary>
    /// <returns>
    /// The names of the features [rows, features] and of the codes, int64 [rows, codes]; empty where there are none.
    /// </returns>
    public static (string Features, string Codes) Write(GraphBuilder graph, TableEncoder encoder)
    {
        // Inputs first: they are to get the columns' names before other values take them.
        string[] inputs = Inputs(graph, encoder);
        (var features, var codes) = (new List<string>(), new List<string>());
        for (int i = 0; i < inputs.Length; i++)
        {
            ColumnEncoder column = encoder.Columns[i];
            var written = new ColumnGraph(graph, inputs[i], IsInDouble(column));
            foreach (EncoderOperation operation in column.Operations)
                operation.Export(written);
            (column.GivesCode ? codes : features).AddRange(written.Features());
        }

        return (SideBySide(graph, features), SideBySide(graph, codes));
    }

    /// <summary>Writes one input for each column.</summary>
    /// <returns>Their names.</returns>
    public static string[] Inputs(GraphBuilder graph, TableEncoder encoder) => [.. encoder.Columns.Select(column => graph.Input(
        column.Name, Type(graph, column), columns: 1))];

    /// <summary>Text, or numbers: in double where the column's operations are.</summary>
    static TensorProto.Types.DataType Type(GraphBuilder graph, ColumnEncoder column) =>
        column.TakesText ? TensorProto.Types.DataType.String
        : IsInDouble(column) ? TensorProto.Types.DataType.Double
        : graph.Number;

    static bool IsInDouble(ColumnEncoder column) => column.Operations is [InDouble, ..];

    static string SideBySide(GraphBuilder graph, List<string> parts) =>
        parts.Count == 0 ? "" : graph.Node("Concat", parts.ToArray(), GraphBuilder.Setting("axis", 1L));
}
