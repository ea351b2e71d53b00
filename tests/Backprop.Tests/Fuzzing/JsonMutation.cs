using System.Text;

namespace Backprop.Tests;

/// <summary>
/// Damages JSON by its tokens: values, names, nesting, doubled and missing fields, and texts that are JSON themselves.
/// </summary>
static class JsonMutation
{
    static readonly string[] s_values =
    [
        "0", "-0", "1", "-1", "2147483647", "2147483648", "9223372036854775807", "18446744073709551616", "1e999", "-1e999",
        "1e-999", "1.5", "0.1", "NaN", "Infinity", "\"NaN\"", "\"Infinity\"", "null", "true", "false", "\"\"", "\"x\"", "[]",
        "{}", "[null]", "{\"\":null}", "\"\\ud800\"", "\"\\u0000\"", "\"\\n\"", "\"1000000000*relu\"", "\"1048577*relu\"",
        "\"8*tanh+8*relu\"", "\"softmax\"", "\"relu\"", "\"elu:alpha=1e308\"", "\"adam:beta1=1,beta1=1\"", "\"cosine:warmup=-1\"",
        "\"norm=0\"", "1000000000", "0.5", "[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]",
        "\"2000000000*relu+2000000000*relu\"", "01", "+1", ".5", "\"a\":1", ",", "//", "\"\u2028\"",
    ];

    /// <summary>A copy with one to eight mistakes in it.</summary>
    public static string Of(string json, Draw draw)
    {
        List<string> tokens = Tokens(json);
        for (int mistakes = 1 << draw.Below(4); mistakes > 0 && tokens.Count > 0; mistakes--)
            Damage(tokens, draw);
        return string.Concat(tokens);
    }

    static void Damage(List<string> tokens, Draw draw)
    {
        int at = draw.Below(tokens.Count);
        switch (draw.Below(9))
        {
            case 0 or 1 or 2:
                // A value where a value or a name was.
                int value = tokens.FindIndex(
                    at, token => token[0] is not ('{' or '}' or '[' or ']' or ',' or ':' or ' ' or '\n'));
                if (value >= 0)
                    tokens[value] = draw.OneIn(2) ? draw.Of(s_values) : draw.Of(tokens);
                break;
            case 3:
                tokens.RemoveRange(at, Math.Min(draw.Length(8), tokens.Count - at));
                break;
            case 4:
                tokens.InsertRange(draw.Below(tokens.Count), tokens.GetRange(at, Math.Min(draw.Length(16), tokens.Count - at)));
                break;
            case 5:
                int length = End(tokens, at) - at;
                List<string> whole = tokens.GetRange(at, length);
                tokens.InsertRange(
                    at, [.. Enumerable.Range(0, draw.Length(40)).SelectMany(_ => whole.Prepend(",")).Skip(1), ","]);
                break;
            case 6:
                tokens.RemoveRange(at, End(tokens, at) - at);
                break;
            case 7 when tokens[at].Length > 2 && tokens[at][0] == '"':
                tokens[at] = InText(tokens[at], draw);
                break;
            case 8:
                tokens[at] = draw.OneIn(2)
                    ? draw.Interesting().ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : draw.Of(s_values);
                break;
        }
    }

    static string InText(string token, Draw draw)
    {
        if (token.Contains("\\\"", StringComparison.Ordinal) || token.Contains("\\u0022", StringComparison.Ordinal))
        {
            try
            {
                string inner = System.Text.Json.JsonDocument.Parse(token).RootElement.GetString()!;
                return $"\"{System.Text.Json.JsonEncodedText.Encode(Of(inner, draw))}\"";
            }
            catch (Exception error)
                when (error is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
            {
                return token;
            }
        }

        var text = new StringBuilder(token);
        int at = 1 + draw.Below(token.Length - 1);
        _ = draw.Below(3) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, (char)draw.Below(draw.OneIn(4) ? 0x10000 : 128)),
            _ => text.Insert(at, token[1..^1]),
        };
        return text.ToString();
    }

    /// <summary>Behind the value that begins at a token.</summary>
    static int End(List<string> tokens, int at)
    {
        int depth = 0, i = at;
        do
            depth += tokens[i] is "{" or "[" ? 1 : tokens[i] is "}" or "]" ? -1 : 0;
        while (++i < tokens.Count && depth > 0);
        return i;
    }

    static List<string> Tokens(string json)
    {
        var tokens = new List<string>();
        for (int i = 0, end; i < json.Length; i = end)
        {
            end = i + 1;
            if (json[i] == '"')
            {
                while (end < json.Length && json[end] != '"')
                    end += json[end] == '\\' ? 2 : 1;
                end = Math.Min(json.Length, end + 1);
            }
            else if (!"{}[],: \n".Contains(json[i], StringComparison.Ordinal))
            {
                while (end < json.Length && !"{}[],: \n\"".Contains(json[end], StringComparison.Ordinal))
                    end++;
            }

            tokens.Add(json[i..end]);
        }

        return tokens;
    }
}
