using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>
/// One step from a raw column to features, or to a code. A column's encoding is a list of these, and prediction, the ONNX
/// export, the description and the hash walk the same list: what a model does to a column is written down once.
/// </summary>
/// <remarks>
/// The set is closed: every leaf is a file of this folder that says all of this about itself, and a line here for reading it.
/// A list is either empty (the number as it is), or <see cref="Lookup"/> and <see cref="OneHot"/>, or <see cref="Lookup"/> alone,
/// which gives a code, or a chain over one number that may begin with <see cref="YesNo"/> or <see cref="InDouble"/>.
/// Constants are doubles, rounded once to the element type where they are used.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = Discriminator)]
[JsonDerivedType(typeof(Lookup), Lookup.Word)]
[JsonDerivedType(typeof(OneHot), OneHot.Word)]
[JsonDerivedType(typeof(YesNo), YesNo.Word)]
[JsonDerivedType(typeof(InDouble), InDouble.Word)]
[JsonDerivedType(typeof(MissingIndicator), MissingIndicator.Word)]
[JsonDerivedType(typeof(IsMissing), IsMissing.Word)]
[JsonDerivedType(typeof(FillMissing), FillMissing.Word)]
[JsonDerivedType(typeof(Subtract), Subtract.Word)]
[JsonDerivedType(typeof(Divide), Divide.Word)]
abstract record EncoderOperation
{
    /// <summary>The field of a description that says which operation it is.</summary>
    public const string Discriminator = "operation";

    /// <summary>The texts that it knows, where it comes first and takes texts; null where it takes numbers.</summary>
    internal virtual ImmutableArray<string>? Texts => null;

    /// <summary>Whether its constants can be computed with.</summary>
    internal virtual bool IsUsable => true;

    /// <summary>Does it to some rows of numbers.</summary>
    /// <param name="x">The numbers, which it replaces.</param>
    /// <param name="indicators">A second feature of each row, which is written where there is one.</param>
    internal virtual void Apply<T>(Span<T> x, Span<T> indicators)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new NotSupportedException($"{this} has no meaning for a number.");

    /// <summary>Does it to a column in a graph.</summary>
    internal abstract void Export(ColumnGraph column);

    /// <summary>Writes its name and constants, as <see cref="ModelSchemaJson"/> reads them.</summary>
    internal abstract void Describe(Utf8JsonWriter writer);

    /// <summary>
    /// Adds its tag and constants to a hash. Tags are not the types' names: those may change, and the hashes may not.
    /// </summary>
    internal abstract void AppendTo(IncrementalHash hash);
}
