using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Backprop;

/// <summary>A missing number becomes <paramref name="Value"/>.</summary>
/// <param name="Value">What stands for a missing number.</param>
sealed record FillMissing(double Value) : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "FillMissing";

    /// <summary>Its name in descriptions.</summary>
    public const string Word = "fillMissing";

    internal override bool IsUsable => double.IsFinite(Value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Apply<T>(Span<T> x, Span<T> indicators)
    {
        T value = Element.Of<T>(Value);
        for (int i = 0; i < x.Length; i++)
            x[i] = T.IsNaN(x[i]) ? value : x[i];
    }

    internal override void Export(ColumnGraph column) =>
        column.X = column.Graph.Node("Where", column.Graph.Node("IsNaN", column.X), column.Scalar(Value), column.X);

    internal override void Describe(Utf8JsonWriter writer)
    {
        writer.WriteString(Discriminator, Word);
        writer.WriteNumber("value", Value);
    }

    internal override void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Tag);
        HashText.Append(hash, Value);
    }
}
