using System.Text.Json;

namespace Backprop.Cli;

/// <summary>Finds how much of a log an interrupted training can go on with.</summary>
static class LogCut
{
    const byte LineBreak = (byte)'\n';

    /// <summary>
    /// The length of the lines up to a step: later ones will be written again, and a line without an end, or that is none of
    /// a log's, ends what can be kept.
    /// </summary>
    /// <param name="path">The log.</param>
    /// <param name="step">The last step that counts.</param>
    public static long LengthUntil(string path, long step)
    {
        using var stream = new BufferedStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var line = new List<byte>();
        long length = 0;
        for (int next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
        {
            line.Add((byte)next);
            if (next != LineBreak)
                continue;
            if (StepOf([.. line]) is not { } at || at > step)
                break;
            length += line.Count;
            line.Clear();
        }

        return length;
    }

    static long? StepOf(byte[] line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("step", out JsonElement step) && step.TryGetInt64(out long value)
                    ? value
                    : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
