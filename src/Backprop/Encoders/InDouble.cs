using System.Security.Cryptography;
using System.Text.Json;

namespace Backprop;

/// <summary>
/// A number is taken in double, and so are the operations that follow; what comes of them is rounded to the element type at last.
/// It comes first, where single precision could not tell the column's numbers apart (see <see cref="SinglePrecision"/>).
/// </summary>
sealed record InDouble : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "InDouble";

    /// <summary>Its name in descriptions.</summary>
    public const string Word = "inDouble";

    /// <summary>The numbers were loaded in double.</summary>
    internal override void Apply<T>(Span<T> x, Span<T> indicators)
    {
    }

    /// <summary>The graph's input is double.</summary>
    internal override void Export(ColumnGraph column)
    {
    }

    internal override void Describe(Utf8JsonWriter writer) => writer.WriteString(Discriminator, Word);

    internal override void AppendTo(IncrementalHash hash) => HashText.Append(hash, Tag);
}
