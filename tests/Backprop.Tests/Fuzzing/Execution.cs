using System.Diagnostics;

namespace Backprop.Tests;

/// <summary>What reading one file came to.</summary>
/// <param name="Signature">What kind of outcome it was: numbers and names are left out of it.</param>
/// <param name="Fault">Why it must not be so; null where it is as it should be.</param>
sealed record Execution(string Signature, string? Fault)
{
    const long FixedBytes = 64 << 20;
    const long BytesPerByte = 200;
    static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(1);

    /// <summary>Reads a file, which must end in success or in one sentence, in little time and memory.</summary>
    public static Execution Of(FuzzFormat format, byte[] file)
    {
        Execution result = Once(format, file, out TimeSpan time);
        // The machine may have been busy with something else.
        for (int again = 0; again < 3 && time > s_mostTime; again++)
            result = Once(format, file, out time);
        return time > s_mostTime ? result with { Fault = $"It took {time.TotalSeconds:F1} s." } : result;
    }

    static Execution Once(FuzzFormat format, byte[] file, out TimeSpan time)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        string signature;
        string? fault = null;
        try
        {
            signature = "read: " + format.Read(file);
        }
        catch (BackpropException error)
        {
            signature = Skeleton(error.Message);
            if (!IsSentence(error.Message))
                fault = $"This is no sentence: {error.Message}";
        }
        catch (Exception error)
        {
            signature = error.GetType().Name + error.StackTrace?.Split('\n')[0];
            fault = error.ToString();
        }

        time = Stopwatch.GetElapsedTime(start);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        if (bytes > FixedBytes + BytesPerByte * file.Length)
            fault = $"It took {bytes} bytes of memory for {file.Length}.";
        return new Execution(signature, fault);
    }

    /// <summary>Whether a message is one line that ends as a sentence does and names nothing of the program's inside.</summary>
    public static bool IsSentence(string message) =>
        message.Length is > 10 and <= OneLine.Longest && message[^1] is '.' or '?'
        && OneLine.Of(message) == message
        && !message.Contains("(Parameter", StringComparison.Ordinal) && !message.Contains("Exception", StringComparison.Ordinal);

    /// <summary>The first and the last plain words of a message, without what it quotes from the file.</summary>
    static string Skeleton(string message)
    {
        int first = message.IndexOf('\'', StringComparison.Ordinal), last = message.LastIndexOf('\'');
        if (first >= 0)
            message = message[..first] + (last > first ? message[(last + 1)..] : "");
        string[] words = [.. message.Split(' ').Select(word => word.TrimEnd('.', ',', ':', ';')).Where(IsPlain)];
        return string.Join(' ', words.Length <= 8 ? words : [.. words[..3], .. words[^5..]]);
    }

    static bool IsPlain(string word) => word.Length is > 0 and < 15 && word.All(char.IsAsciiLetter);
}
