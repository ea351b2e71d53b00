using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Backprop;

/// <summary>Appends a feature after the number's own: 1 where the number is missing (NaN) at this point, else 0.</summary>
sealed record MissingIndicator : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "MissingIndicator";

    /// <summary>Its name in descriptions.</summary>
    public const string Word = "missingIndicator";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Apply<T>(Span<T> x, Span<T> indicators)
    {
        for (int i = 0; i < x.Length; i++)
            indicators[i] = T.IsNaN(x[i]) ? T.One : T.Zero;
    }

    internal override void Export(ColumnGraph column) => column.Indicator = column.IsMissing();

    internal override void Describe(Utf8JsonWriter writer) => writer.WriteString(Discriminator, Word);

    internal override void AppendTo(IncrementalHash hash) => HashText.Append(hash, Tag);
}
