using Backprop.Onnx.Proto;

namespace Backprop;

/// <summary>Writes recorded formulas into a graph as standard operators.</summary>
sealed class ExpressionExport(GraphBuilder graph, string input)
{
    readonly Dictionary<GraphExpression, string> _done = new(ReferenceEqualityComparer.Instance);

    /// <summary>Writes an expression over the input value.</summary>
    /// <returns>The name of its value.</returns>
    public string Write(GraphExpression expression)
    {
        if (!_done.TryGetValue(expression, out string? name))
        {
            name = WriteNew(expression);
            _done.Add(expression, name);
        }

        return name;
    }

    string WriteNew(GraphExpression expression)
    {
        switch (expression.Operation)
        {
            case GraphOperation.Input:
                return input;
            case GraphOperation.Constant:
                return graph.Scalar(expression.Constant);
            case GraphOperation.IfLess:
                return IfLess(expression.Arguments);
            default:
                string[] x = new string[expression.Arguments.Length];
                for (int i = 0; i < x.Length; i++)
                    x[i] = Write(expression.Arguments[i]);
                return Plain(expression.Operation, x);
        }
    }

    string IfLess(ReadOnlySpan<GraphExpression> arguments)
    {
        // 0 < u ? u : 0 has an operator of its own, which other software knows better.
        bool isRelu = arguments[0].IsConstant(0) && arguments[3].IsConstant(0) && arguments[1] == arguments[2];
        return isRelu
            ? graph.Node("Relu", Write(arguments[1]))
            : graph.Node(
                "Where", graph.Node("Less", Write(arguments[0]), Write(arguments[1])), Write(arguments[2]), Write(arguments[3]));
    }

    string Plain(GraphOperation operation, string[] x) => operation switch
    {
        GraphOperation.Add => graph.Node("Add", x),
        GraphOperation.Subtract => graph.Node("Sub", x),
        GraphOperation.Multiply => graph.Node("Mul", x),
        GraphOperation.Divide => graph.Node("Div", x),
        GraphOperation.Negate => graph.Node("Neg", x),
        GraphOperation.Abs => graph.Node("Abs", x),
        GraphOperation.Sqrt => graph.Node("Sqrt", x),
        GraphOperation.Exp => graph.Node("Exp", x),
        GraphOperation.ExpMinusOne => ExpMinusOne(x[0]),
        GraphOperation.Log => graph.Node("Log", x),
        GraphOperation.LogOnePlus => graph.Node("Log", graph.Node("Add", x[0], graph.Scalar(1))),
        GraphOperation.Tanh => graph.Node("Tanh", x),
        GraphOperation.Logistic => graph.IsDouble ? Logistic(x[0]) : graph.Node("Sigmoid", x),
        GraphOperation.Softplus => graph.IsDouble ? Softplus(x[0]) : graph.Node("Softplus", x),
        GraphOperation.Erf => InSingle("Erf", x[0]),
        GraphOperation.Sin => graph.Node("Sin", x),
        GraphOperation.Cos => InSingle("Cos", x[0]),
        _ => throw new NotSupportedException($"{operation} has no ONNX form."),
    };

    /// <summary>e^x − 1 = tanh(x/2) · (e^x + 1), which keeps its digits near 0.</summary>
    string ExpMinusOne(string x) => graph.Node(
        "Mul",
        graph.Node("Tanh", graph.Node("Mul", x, graph.Scalar(0.5))),
        graph.Node("Add", graph.Node("Exp", x), graph.Scalar(1)));

    /// <summary>
    /// 1 / (1 + e^−x), for the element type in which ONNX Runtime makes x · Sigmoid(x) one operator that it then has no
    /// kernel for.
    /// </summary>
    string Logistic(string x)
    {
        string one = graph.Scalar(1);
        return graph.Node("Div", one, graph.Node("Add", one, graph.Node("Exp", graph.Node("Neg", x))));
    }

    /// <summary>ln(1 + e^x) = max(x, 0) + ln(1 + e^−|x|), for the element type that ONNX Runtime has no kernel for.</summary>
    string Softplus(string x)
    {
        string tail = graph.Node("Exp", graph.Node("Neg", graph.Node("Abs", x)));
        return graph.Node("Add", graph.Node("Relu", x), graph.Node("Log", graph.Node("Add", tail, graph.Scalar(1))));
    }

    /// <summary>An operator that ONNX Runtime has in single precision only, behind casts in a graph of doubles.</summary>
    string InSingle(string operation, string x)
    {
        if (!graph.IsDouble)
            return graph.Node(operation, x);

        string single = graph.Node(
            "Cast", [x], GraphBuilder.Setting("to", (long)TensorProto.Types.DataType.Float));
        return graph.Node(
            "Cast", [graph.Node(operation, single)], GraphBuilder.Setting("to", (long)TensorProto.Types.DataType.Double));
    }
}
