using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>
/// One step from a raw column to features. A column's encoding is a list of these, and prediction and the ONNX export
/// walk the same list: what a model does to a column is written down once.
/// </summary>
/// <remarks>
/// The set is closed: every leaf is in this folder, and <see cref="ColumnEncoder"/> and <see cref="EncoderExport"/>
/// know all of them. A list is either empty (the number as it is), or <see cref="Lookup"/> and <see cref="OneHot"/>, or
/// a chain over one number that may begin with <see cref="YesNo"/> or <see cref="InDouble"/>.
/// Constants are doubles, rounded once to the element type where they are used.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "operation")]
[JsonDerivedType(typeof(Lookup), "lookup")]
[JsonDerivedType(typeof(OneHot), "oneHot")]
[JsonDerivedType(typeof(YesNo), "yesNo")]
[JsonDerivedType(typeof(InDouble), "inDouble")]
[JsonDerivedType(typeof(MissingIndicator), "missingIndicator")]
[JsonDerivedType(typeof(IsMissing), "isMissing")]
[JsonDerivedType(typeof(FillMissing), "fillMissing")]
[JsonDerivedType(typeof(Subtract), "subtract")]
[JsonDerivedType(typeof(Divide), "divide")]
abstract record EncoderOperation;
