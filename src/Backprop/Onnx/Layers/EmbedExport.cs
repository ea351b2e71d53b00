using System.Globalization;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Embeddings in a graph: the numbers, and behind them the row of each table that its code names.</summary>
static class EmbedExport
{
    /// <summary>Writes the layer.</summary>
    /// <param name="numbers">Its tensors.</param>
    /// <param name="layer">Its shape.</param>
    /// <param name="x">The numbers that flow in [rows, in]; empty where there are none.</param>
    /// <param name="codes">The codes, int64 [rows, codes].</param>
    /// <returns>The name of what flows out.</returns>
    public static string Write<T>(LayerNumbers<T> numbers, Embed layer, string x, string codes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GraphBuilder graph = numbers.Graph;
        var parts = new List<string>();
        if (x.Length > 0)
            parts.Add(x);
        for (int t = 0; t < layer.Tables.Length; t++)
        {
            string table = numbers.Write(string.Create(CultureInfo.InvariantCulture, $"table{t + 1}"))!;
            string code = graph.Node("Gather", [codes, graph.Integer("column", t)], GraphBuilder.Setting("axis", 1L));
            parts.Add(graph.Node("Gather", [table, code], GraphBuilder.Setting("axis", 0L)));
        }

        return graph.Node("Concat", parts.ToArray(), GraphBuilder.Setting("axis", 1L));
    }
}
