using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace Backprop;

/// <summary>
/// What a safetensors file says about itself: 8 bytes with the length of a JSON text, the text, then the tensors' bytes one
/// after the other. Nothing of it is believed before it fits the file's length, and no memory is taken by its word.
/// </summary>
/// <remarks>The format: https://github.com/huggingface/safetensors, "Format".</remarks>
sealed class SafetensorsHeader
{
    /// <summary>The bytes before the JSON text.</summary>
    public const int PrefixLength = sizeof(long);

    const string MetadataKey = "__metadata__";
    const int MostBytes = 1 << 24;
    const int MostTensors = 10_000;
    const int MostTexts = 1000;
    const int MostDimensions = 8;

    SafetensorsHeader(
        int length, ImmutableSortedDictionary<string, string> metadata, ImmutableSortedDictionary<string, TensorPlace> tensors) =>
        (DataStart, Metadata, Tensors) = (PrefixLength + length, metadata, tensors);

    /// <summary>Where the tensors' bytes begin in the file.</summary>
    public long DataStart { get; }

    /// <summary>Texts by key.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>Tensors by name.</summary>
    public ImmutableSortedDictionary<string, TensorPlace> Tensors { get; }

    /// <summary>Reads the header of a file.</summary>
    /// <param name="stream">The file, at its first byte.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BackpropException">It is no such file, or damaged.</exception>
    public static SafetensorsHeader Read(Stream stream, string name)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false) < PrefixLength)
            throw Damaged(name, "it has no header");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MostBytes || (long)length > stream.Length - PrefixLength)
            throw Damaged(name, "its header is longer than it may be");

        byte[] text = new byte[length];
        stream.ReadExactly(text);
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4 });
            return Of(json.RootElement, text.Length, stream.Length - PrefixLength - text.Length, name);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new BackpropException(Damaged(name, "its header is no JSON text of the kind").Message, error);
        }
    }

    static SafetensorsHeader Of(JsonElement root, int length, long dataLength, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Damaged(name, "its header is no JSON object");

        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, TensorPlace>(StringComparer.Ordinal);
        bool hasMetadata = false;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name != MetadataKey)
            {
                if (tensors.Count == MostTensors || !tensors.TryAdd(property.Name, Place(property, name)))
                    throw Damaged(name, "it has a tensor twice, or too many");
                continue;
            }

            if (hasMetadata)
                throw Damaged(name, $"it has {MetadataKey} twice");
            hasMetadata = true;
            foreach (JsonProperty pair in property.Value.EnumerateObject())
            {
                if (pair.Value.ValueKind != JsonValueKind.String || metadata.Count == MostTexts
                    || !metadata.TryAdd(pair.Name, pair.Value.GetString()!))
                {
                    throw Damaged(name, $"{MetadataKey} must be texts, each once and not too many");
                }
            }
        }

        ThrowUnlessTiled(tensors.Values, dataLength, name);
        return new SafetensorsHeader(length, metadata.ToImmutable(), tensors.ToImmutable());
    }

    static TensorPlace Place(JsonProperty property, string name)
    {
        JsonElement value = property.Value;
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() != 3
            || !value.TryGetProperty("dtype", out JsonElement type) || !value.TryGetProperty("shape", out JsonElement shape)
            || !value.TryGetProperty("data_offsets", out JsonElement offsets))
        {
            throw Damaged(name, "a tensor must have dtype, shape and data_offsets");
        }

        TensorType? element = type.GetString() switch
        {
            "F32" => TensorType.F32,
            "F64" => TensorType.F64,
            _ => null,
        };
        if (element is null)
            throw Damaged(name, "a tensor is neither of F32 nor of F64");
        if (shape.GetArrayLength() > MostDimensions || offsets.GetArrayLength() != 2)
            throw Damaged(name, "a tensor has too many dimensions or offsets");

        ImmutableArray<long> dimensions = [.. shape.EnumerateArray().Select(dimension => Whole(dimension, name))];
        (long start, long end) = (Whole(offsets[0], name), Whole(offsets[1], name));
        var count = (Int128)(element == TensorType.F32 ? sizeof(float) : sizeof(double));
        foreach (long dimension in dimensions)
        {
            count *= dimension;
            if (count > long.MaxValue)
                throw Damaged(name, "a tensor is larger than the file");
        }

        return start <= end && end - start == count
            ? new TensorPlace(element.Value, dimensions, start, end)
            : throw Damaged(name, "a tensor's offsets do not fit its shape");
    }

    static long Whole(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) && value >= 0
            ? value
            : throw Damaged(name, "a size is no whole number");

    /// <summary>Every byte belongs to exactly one tensor.</summary>
    static void ThrowUnlessTiled(IEnumerable<TensorPlace> tensors, long length, string name)
    {
        long end = 0;
        foreach (TensorPlace tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End))
        {
            if (tensor.Start != end)
                throw Damaged(name, "its tensors overlap, or leave bytes between them");
            end = tensor.End;
        }

        if (end != length)
            throw Damaged(name, "its tensors do not have the file's length");
    }

    static BackpropException Damaged(string name, string what) =>
        new($"'{name}' is no safetensors file, or it is cut off or damaged: {what}.");
}
