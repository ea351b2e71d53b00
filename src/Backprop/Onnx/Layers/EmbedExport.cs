using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Embeddings; in a graph the numbers, and behind them the row of each table that its code names. Recipes ask for them before
/// the tables are known (EmbedSpec).
/// </summary>
sealed class EmbedExport() : LayerKindOf<Embed>("embed")
{
    public override bool IsSaid => false;

    public override Layer Read(LayerSchema schema, ReadOnlySpan<Activation> own) =>
        new Embed(LayerSchema.Said(schema.Tables, "tables"));

    protected override LayerSchema Describe(Embed layer) => new(Kind: Name, Tables: layer.Tables);

    protected override string Write(LayerNumbers numbers, Embed layer, string x)
    {
        GraphBuilder graph = numbers.Graph;
        var parts = new List<string>();
        if (x.Length > 0)
            parts.Add(x);
        for (int t = 0; t < layer.Tables.Length; t++)
        {
            string table = numbers.Write(string.Create(CultureInfo.InvariantCulture, $"table{t + 1}"))!;
            string code = graph.Node("Gather", [numbers.Codes, graph.Integer("column", t)], GraphBuilder.Setting("axis", 1L));
            parts.Add(graph.Node("Gather", [table, code], GraphBuilder.Setting("axis", 0L)));
        }

        return graph.Node("Concat", parts.ToArray(), GraphBuilder.Setting("axis", 1L));
    }
}
