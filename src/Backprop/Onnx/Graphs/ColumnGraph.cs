namespace Backprop;

/// <summary>One column on its way through a graph: what its operations so far have made of its input.</summary>
/// <param name="graph">The graph.</param>
/// <param name="input">The column's input [rows, 1].</param>
/// <param name="inDouble">Whether its numbers are double, whatever the graph's are.</param>
sealed class ColumnGraph(GraphBuilder graph, string input, bool inDouble)
{
    /// <summary>The graph.</summary>
    public GraphBuilder Graph => graph;

    /// <summary>The name of the value so far: a text, a number or an index [rows, 1], or features [rows, n].</summary>
    public string X { get; set; } = input;

    /// <summary>The name of a second feature [rows, 1], or null.</summary>
    public string? Indicator { get; set; }

    /// <summary>A number of the type of the column's.</summary>
    public string Scalar(double value) => graph.Scalar(value, inDouble);

    /// <summary>1 where the value is missing, else 0, as a number of the graph.</summary>
    public string IsMissing() => graph.Node("Cast", [graph.Node("IsNaN", X)], GraphBuilder.Setting("to", (long)graph.Number));

    /// <summary>From float, which LabelEncoder and OneHot give, to the graph's element type.</summary>
    public string ToNumber(string single) => graph.IsDouble
        ? graph.Node("Cast", [single], GraphBuilder.Setting("to", (long)graph.Number))
        : single;

    /// <summary>The names of the features, in order.</summary>
    public IEnumerable<string> Features()
    {
        string x = inDouble ? graph.CastFromDouble(X) : X;
        return Indicator is null ? [x] : [x, Indicator];
    }
}
