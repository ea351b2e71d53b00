using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Embeddings of the codes that an encoder gives.</summary>
static class Embeddings
{
    /// <summary>The most numbers that stand for a category where no width is given.</summary>
    const int Widest = 50;

    /// <summary>
    /// A table for each code. A category becomes as many numbers as <paramref name="width"/> says, or half as many as there are
    /// categories, rounded up, and at most 50: the rule of thumb of fast.ai's course of 2018, which counted unknown as one too.
    /// </summary>
    /// <param name="categories">The number of categories of each code (<see cref="ColumnEncoder.Categories"/>).</param>
    /// <param name="width">The width of all tables, or null.</param>
    public static EmbedTable[] For(IEnumerable<int> categories, int? width = null) =>
        [.. categories.Select(count => new EmbedTable(count, width ?? Math.Min(Widest, (count + 1) / 2)))];

    /// <summary>
    /// Sets the last row of each table to 0: that of unknown categories, which no training row may ever move. What a network
    /// makes of zeros is near what it makes of a usual category; a row that was drawn would be an accident.
    /// </summary>
    public static void ClearUnknown<T>(Parameters<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = parameters.Network;
        foreach ((Tensor tensor, Matrix<T> numbers) in network.Layout.Tensors.Zip(parameters.Tensors))
        {
            if (network.Layers[tensor.Layer] is Embed)
                numbers[numbers.Rows - 1].Clear();
        }
    }
}
