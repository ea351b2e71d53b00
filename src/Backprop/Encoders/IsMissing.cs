using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Backprop;

/// <summary>
/// The number becomes 1 where it is missing, else 0: all that can be learnt from a column that has one value or none.
/// </summary>
sealed record IsMissing : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "IsMissing";

    /// <summary>Its name in descriptions.</summary>
    public const string Word = "isMissing";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Apply<T>(Span<T> x, Span<T> indicators)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = T.IsNaN(x[i]) ? T.One : T.Zero;
    }

    internal override void Export(ColumnGraph column) => column.X = column.IsMissing();

    internal override void Describe(Utf8JsonWriter writer) => writer.WriteString(Discriminator, Word);

    internal override void AppendTo(IncrementalHash hash) => HashText.Append(hash, Tag);
}
