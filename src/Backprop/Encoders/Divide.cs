using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Backprop;

/// <summary>x / <paramref name="Value"/>.</summary>
/// <param name="Value">The divisor, not 0.</param>
sealed record Divide(double Value) : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "Divide";

    /// <summary>Its name in descriptions.</summary>
    public const string Word = "divide";

    internal override bool IsUsable => double.IsFinite(Value) && Value != 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Apply<T>(Span<T> x, Span<T> indicators)
    {
        T value = Element.Of<T>(Value);
        for (int i = 0; i < x.Length; i++)
            x[i] /= value;
    }

    internal override void Export(ColumnGraph column) =>
        column.X = column.Graph.Node("Div", column.X, column.Scalar(Value));

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
