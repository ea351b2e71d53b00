using System.Globalization;

namespace Backprop.Tests;

/// <summary>Reads symbols with what stands above and below them from plain text.</summary>
sealed class SymbolReader(string text)
{
    const string Raised = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁽(⁾)ⁿnⁱiᵏkˡlʲjᵐmᵗt";
    const string Lowered = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-₌=₍(₎)ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuₓx";

    static readonly string[] s_words = ["largest", "smallest", "shrink", "grow", "Ln"];

    public int At { get; set; }

    public char Next => At < text.Length ? text[At] : '\0';

    /// <summary>What stands above the place, such as a power; empty where nothing does.</summary>
    public string Above() => Run(Raised);

    /// <summary>What stands below the place.</summary>
    public string Below()
    {
        if (Next == '_')
        {
            At++;
            int start = At;
            while (char.IsAsciiLetterOrDigit(Next))
                At++;
            return text[start..At] + Run(Lowered);
        }

        return Run(Lowered);
    }

    public Symbol Read()
    {
        foreach (char differential in "∂δ")
        {
            if (Next != differential)
                continue;
            int start = At++;
            if (char.IsLetter(Next) && Next != differential)
            {
                Symbol over = Scripted(Letters());
                if (At + 1 < text.Length && text[At] == '/' && text[At + 1] == differential)
                {
                    At += 2;
                    Symbol under = Scripted(Letters());
                    return under with
                    {
                        Letters = $"{differential}{over.Letters}/{differential}{under.Letters}",
                        Indices = [.. over.Indices, .. under.Indices],
                    };
                }

                if (differential == '∂')
                    return over with { Letters = "∂" + over.Letters };
            }

            At = start;
        }

        return Scripted(Letters());
    }

    bool Take(char sign)
    {
        if (Next != sign)
            return false;
        At++;
        return true;
    }

    string Letters()
    {
        foreach (string word in s_words)
        {
            if (string.CompareOrdinal(text, At, word, 0, word.Length) == 0)
            {
                At += word.Length;
                return word;
            }
        }

        if (!char.IsLetter(Next))
            throw new FormatException($"A symbol is missing at '{text[At..]}' of '{text}'.");
        string letters = Next.ToString();
        At++;
        return letters == "Δ" && char.IsLetter(Next) ? letters + Letters() : letters;
    }

    Symbol Scripted(string letters)
    {
        var symbol = new Symbol { Letters = letters };
        while (true)
        {
            if (Below() is { Length: > 0 } below)
                symbol = Indexed(symbol, below);
            else if (Above() is { Length: > 0 } above)
                symbol = symbol with { Above = symbol.Above + above };
            else if (Take('′'))
                symbol = symbol with { IsPrimed = true };
            else if (Take('ᵀ'))
                symbol = symbol with { IsTransposed = true };
            else
                break;
        }

        // The weights of now and of the step before.
        foreach (string when in new[] { "(t)", "(t−1)" })
        {
            if (string.CompareOrdinal(text, At, when, 0, when.Length) == 0)
            {
                At += when.Length;
                symbol = symbol with { Letters = symbol.Letters + when };
            }
        }

        return symbol;
    }

    /// <summary>
    /// Letters below count neurons, k₃ too; digits and capitals belong to the name; r says that it is of a row.
    /// </summary>
    static Symbol Indexed(Symbol symbol, string below)
    {
        var indices = symbol.Indices.ToBuilder();
        foreach (string item in below.Split(','))
        {
            string digits = item.TrimStart([.. "abcdefghijklmnopqrstuvwxyz"]), letters = item[..^digits.Length];
            if (letters.Length == 0 || item == "r")
                symbol = symbol with { Below = symbol.Below + item };
            else if (digits.StartsWith('+'))
                indices.Add((letters, int.Parse(digits, CultureInfo.InvariantCulture)));
            else if (digits.Length > 0)
                indices.Add((item, 0));
            else
                indices.AddRange(letters.Select(letter => (letter.ToString(), 0)));
        }

        return symbol with { Indices = indices.ToImmutable() };
    }

    string Run(string pairs)
    {
        string read = "";
        while (true)
        {
            int at = Next == '\0' ? -1 : pairs.IndexOf(Next, StringComparison.Ordinal);
            if (at >= 0 && at % 2 == 0)
            {
                read += pairs[at + 1];
                At++;
            }
            else if (Next == ',' && read.Length > 0 && At + 1 < text.Length
                && pairs.IndexOf(text[At + 1], StringComparison.Ordinal) % 2 == 0)
            {
                read += ',';
                At++;
            }
            else
            {
                return read;
            }
        }
    }
}
