using System.Numerics;

namespace Backprop;

/// <summary>Factors in a graph: X = x ⊙ s.</summary>
static class ScaleExport
{
    /// <summary>Writes the layer.</summary>
    /// <param name="numbers">Its tensors.</param>
    /// <param name="x">What flows in.</param>
    /// <returns>The name of what flows out.</returns>
    public static string Write<T>(LayerNumbers<T> numbers, string x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => numbers.Graph.Node("Mul", x, numbers.Write("factors")!);
}
