using System.Text.Json.Nodes;

namespace Backprop.Cli;

/// <summary>What is said of cells that a model was not trained with.</summary>
static class UnseenReport
{
    /// <summary>A warning for each column, for people.</summary>
    public static void Print(IEnumerable<UnseenCells> unseen)
    {
        foreach (UnseenCells cells in unseen)
            Messages.Warning($"Warning: {cells}");
    }

    public static JsonArray Json(IEnumerable<UnseenCells> unseen) => [.. unseen.Select(cells => (JsonNode)new JsonObject
    {
        ["column"] = cells.Column,
        ["kind"] = cells.Kind switch
        {
            UnseenKind.NewText => "newText",
            UnseenKind.NoNumber => "noNumber",
            _ => "missing",
        },
        ["rows"] = cells.Rows,
        ["of"] = cells.Cells,
        ["firstRow"] = cells.FirstRow + 1,
        ["examples"] = new JsonArray([.. cells.Examples.Select(text => (JsonNode)text)]),
        ["countAs"] = cells.CountAs,
    })];
}
