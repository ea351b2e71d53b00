using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>A dense layer in a graph: U = X·W + b, X = f(U).</summary>
static class DenseExport
{
    /// <summary>Writes the layer.</summary>
    /// <param name="numbers">Its tensors.</param>
    /// <param name="layer">Its shape.</param>
    /// <param name="x">What flows in.</param>
    /// <returns>The name of what flows out.</returns>
    public static string Write<T>(LayerNumbers<T> numbers, Dense layer, string x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = numbers.Graph.Node("MatMul", x, numbers.Write("weights")!);
        if (numbers.Write("bias") is { } bias)
            x = numbers.Graph.Node("Add", x, bias);
        return Activations(numbers.Graph, layer, x);
    }

    /// <summary>
    /// f(U) where all neurons share f; else each neuron's own, picked by a mask out of what each formula gives for all.
    /// </summary>
    static string Activations(GraphBuilder graph, Dense layer, string u)
    {
        Activation[] distinct = [.. layer.Activations.Select(run => run.Activation).Distinct()];
        string x = Formula(graph, distinct[^1], u);
        for (int i = distinct.Length - 2; i >= 0; i--)
        {
            bool[] mask =
                [.. layer.Activations.SelectMany(run => Enumerable.Repeat(run.Activation.Equals(distinct[i]), run.Count))];
            x = graph.Node("Where", graph.Mask("neurons", mask), Formula(graph, distinct[i], u), x);
        }

        return x;
    }

    static string Formula(GraphBuilder graph, Activation activation, string u) =>
        new ExpressionExport(graph, u).Write(GraphReal.Record(activation));
}
