using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Backprop.Tests;

/// <summary>
/// Damages a safetensors file's header, lengths, offsets and numbers, mostly so that the rest still fits, and mostly with the
/// hash that belongs to it then, so that what is behind the hash is reached.
/// </summary>
static partial class SafetensorsMutation
{
    const int Prefix = 8;

    /// <summary>The tensors of a checkpoint in the order of its hash, as far as small networks have them.</summary>
    static readonly string[] s_tensors =
    [
        .. from prefix in new[] { "parameters", "best", "moment1", "moment2" }
           from layer in Enumerable.Range(1, 4)
           from kind in new[] { "W", "b" }
           select $"{prefix}.{layer}.{kind}",
    ];

    static readonly string[] s_numbers = ["0", "0.5", "-1", "1e308", "-1e-300", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""];

    public static byte[] Of(byte[] file, Draw draw)
    {
        if (file.Length < Prefix
            || BinaryPrimitives.ReadUInt64LittleEndian(file) is var length && length > (ulong)(file.Length - Prefix))
        {
            return file;
        }

        string header = Encoding.UTF8.GetString(file, Prefix, (int)length);
        byte[] data = file[(Prefix + (int)length)..];
        if (draw.OneIn(4))
            data = ByteMutation.Of(data, data, draw);
        if (!draw.OneIn(4))
            header = draw.OneIn(4) ? JsonMutation.Of(header, draw) : MetadataOf(header, draw);
        if (!draw.OneIn(8))
            header = Repaired(header, data);
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] result = [.. new byte[Prefix], .. text, .. data];
        BinaryPrimitives.WriteInt64LittleEndian(result, draw.OneIn(16) ? draw.Interesting() : text.Length);
        return result;
    }

    /// <summary>
    /// The header with the hash of its texts and of the tensors where it says they are; as it is where it says nothing.
    /// </summary>
    public static string Repaired(string header, byte[] data)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            IEnumerable<(string Key, string? Text)> texts = json.RootElement.GetProperty("__metadata__").EnumerateObject()
                .Select(pair => (pair.Name, pair.Value.GetString())).Where(pair => pair.Name != Checkpoint.HashKey);
            foreach ((string key, string? text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                hash.AppendData(Encoding.UTF8.GetBytes($"{key}\0{text}\0"));
            foreach (string name in s_tensors)
            {
                if (!json.RootElement.TryGetProperty(name, out JsonElement tensor))
                    continue;
                JsonElement offsets = tensor.GetProperty("data_offsets");
                int start = offsets[0].GetInt32();
                hash.AppendData(data.AsSpan(start, offsets[1].GetInt32() - start));
            }

            return Hash().Replace(header, $"\"{Checkpoint.HashKey}\":\"{Convert.ToHexStringLower(hash.GetHashAndReset())}\"");
        }
        catch (Exception error)
            when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
                or ArgumentException or IndexOutOfRangeException)
        {
            return header;
        }
    }

    /// <summary>The header with one of its texts, which are JSON themselves, damaged.</summary>
    static string MetadataOf(string header, Draw draw)
    {
        MatchCollection texts = Text().Matches(header);
        if (texts.Count == 0)
            return header;
        Match match = draw.OneIn(2)
            && texts.FirstOrDefault(
                one => one.Value.StartsWith($"\"{Checkpoint.PositionKey}", StringComparison.Ordinal)) is { } position
            ? position
            : draw.Of(texts);
        Group text = match.Groups["text"];
        try
        {
            string inner = JsonDocument.Parse($"\"{text.Value}\"").RootElement.GetString()!;
            string damaged = draw.OneIn(4) ? JsonMutation.Of(inner, draw) : OtherNumber(inner, draw);
            return $"{header[..text.Index]}{JsonEncodedText.Encode(damaged)}{header[(text.Index + text.Length)..]}";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return header;
        }
    }

    /// <summary>JSON with another number in the place of one, near it or far.</summary>
    static string OtherNumber(string json, Draw draw)
    {
        MatchCollection numbers = Number().Matches(json);
        if (numbers.Count == 0)
            return json;
        Match number = draw.Of(numbers);
        string other = draw.Below(4) switch
        {
            0 => draw.Of(numbers).Value,
            1 => draw.Interesting().ToString(CultureInfo.InvariantCulture),
            2 => draw.Of(s_numbers),
            _ when long.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) =>
                unchecked(whole + draw.Below(5) - 2).ToString(CultureInfo.InvariantCulture),
            _ => draw.Of(s_numbers),
        };
        return $"{json[..number.Index]}{other}{json[(number.Index + number.Length)..]}";
    }

    /// <summary>A number, or one as a text, that is a value.</summary>
    [GeneratedRegex("(?<=[:[,] ?)(-?[0-9][-+.0-9eE]*|\"-?(NaN|Infinity)\")", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("\"backprop[.]hash\":\"[0-9a-f]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hash();

    [GeneratedRegex("\"backprop[.][a-z_]+\":\"(?<text>([^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();
}
