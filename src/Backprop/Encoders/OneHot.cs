using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Backprop;

/// <summary>Index to features: 1 at the index, 0 elsewhere, all 0 for an index of <paramref name="Depth"/> or more.</summary>
/// <param name="Depth">The number of features.</param>
sealed record OneHot(int Depth) : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "OneHot";

    /// <summary>Its name in descriptions.</summary>
    public const string Word = "oneHot";

    internal override bool IsUsable => Depth > 0;

    /// <summary>The features [depth] of an index.</summary>
    public void Apply<T>(int index, Span<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        features.Clear();
        if (index < Depth)
            features[index] = T.One;
    }

    /// <summary>Index [rows, 1] to features [rows, depth].</summary>
    internal override void Export(ColumnGraph column)
    {
        GraphBuilder graph = column.Graph;
        string rows = graph.Node("Squeeze", column.X, graph.Once("axis 1", static g => g.Integers("axis", 1)));
        string offOn = graph.Once("off on", static g => g.Tensor<float>("off on", [2], [0, 1]));
        column.X = column.ToNumber(graph.Node(
            "OneHot", [rows, graph.Integer("depth", Depth), offOn], GraphBuilder.Setting("axis", 1L)));
    }

    internal override void Describe(Utf8JsonWriter writer)
    {
        writer.WriteString(Discriminator, Word);
        writer.WriteNumber("depth", Depth);
    }

    internal override void AppendTo(IncrementalHash hash) => HashText.Append(hash, Tag);
}
