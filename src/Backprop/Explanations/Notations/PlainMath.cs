using System.Text;

namespace Backprop;

/// <summary>
/// Writes the LaTeX of the notations in plain Unicode, so that a formula is written once: Greek letters, operators,
/// fractions on one line, and raised or lowered characters where Unicode has them.
/// </summary>
static class PlainMath
{
    const string Raised = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻(⁽)⁾nⁿiⁱkᵏlˡjʲmᵐtᵗᵀᵀ′′";
    const string Lowered = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋=₌(₍)₎,,aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤxₓ";

    static readonly Dictionary<string, string> s_symbols = new(StringComparer.Ordinal)
    {
        { "partial", "∂" }, { "sum", "Σ" }, { "prod", "Π" }, { "alpha", "α" }, { "beta", "β" }, { "gamma", "γ" },
        { "delta", "δ" }, { "Delta", "Δ" },
        { "epsilon", "ε" }, { "eta", "η" }, { "lambda", "λ" }, { "mu", "μ" }, { "rho", "ρ" }, { "sigma", "σ" }, { "omega", "ω" },
        { "psi", "ψ" }, { "ell", "ℓ" }, { "top", "ᵀ" }, { "prime", "′" }, { "cdots", "⋯" }, { "dots", "…" }, { "Vert", "‖" },
        { "ln", "ln " }, { "tanh", "tanh " }, { "max", "max" }, { "min", "min" }, { "sin", "sin " }, { "cos", "cos " },
        { "left", "" }, { "right", "" }, { "quad", " " }, { "varPhi", "Φ" }, { "infty", "∞" }, { "pi", "π" },
    };

    static readonly Dictionary<string, string> s_operators = new(StringComparer.Ordinal)
    {
        { "cdot", "·" }, { "odot", " ⊙ " }, { "leftarrow", " ← " }, { "ge", " ≥ " }, { "le", " ≤ " }, { "to", " → " },
        { "times", " × " },
    };

    /// <summary>The plain form.</summary>
    public static string Of(string latex)
    {
        int at = 0;
        string text = Group(latex, ref at, end: '\0');
        while (text.Contains("  ", StringComparison.Ordinal))
            text = text.Replace("  ", " ", StringComparison.Ordinal);
        return text.Trim();
    }

    static string Group(string latex, ref int at, char end)
    {
        var text = new StringBuilder();
        while (at < latex.Length && latex[at] != end)
            Append(text, latex, ref at);
        at++;
        return text.ToString();
    }

    static void Append(StringBuilder text, string latex, ref int at)
    {
        char next = latex[at++];
        switch (next)
        {
            case '\\':
                Command(text, latex, ref at);
                break;
            case '^':
                text.Append(Shifted(Argument(latex, ref at), Raised, '^'));
                break;
            case '_':
                text.Append(Shifted(Argument(latex, ref at), Lowered, '_'));
                break;
            case '{':
                text.Append(Group(latex, ref at, '}'));
                break;
            default:
                text.Append(next switch { '-' => '−', '\'' => '′', '~' => ' ', _ => next });
                break;
        }
    }

    static void Command(StringBuilder text, string latex, ref int at)
    {
        int start = at;
        while (at < latex.Length && char.IsAsciiLetter(latex[at]))
            at++;
        if (at == start)
        {
            // \, and \; are spaces, \{ and the like are themselves.
            char sign = latex[at++];
            text.Append(sign is ',' or ';' or ' ' ? " " : sign is '!' ? "" : sign.ToString());
            return;
        }

        string name = latex[start..at];
        bool endsWord = at + 1 < latex.Length && latex[at] == ' '
            && (char.IsAsciiLetter(latex[at + 1]) || s_operators.ContainsKey(name)
            || (latex[at + 1] == '\\' && name is not "sum"));
        if (endsWord)
            at++;
        if (name is "frac" or "tfrac")
        {
            string over = Argument(latex, ref at), under = Argument(latex, ref at);
            text.Append((over, under) == ("1", "2") ? "½" : $"{Factor(over)}/{Factor(under)}");
        }
        else if (name is "text" or "mathrm")
        {
            text.Append(Verbatim(latex, ref at));
        }
        else if (name is "widehat")
        {
            string of = Argument(latex, ref at);
            text.Append(of == "H" ? "Ĥ" : of + '\u0302');
        }
        else if (name is "sqrt")
        {
            text.Append('√').Append(Factor(Argument(latex, ref at)));
        }
        else if (s_operators.TryGetValue(name, out string? sign))
        {
            while (text.Length > 0 && text[^1] == ' ')
                text.Length--;
            text.Append(sign);
        }
        else
        {
            text.Append(s_symbols[name]);
        }
    }

    static string Argument(string latex, ref int at)
    {
        if (latex[at] == '{')
        {
            at++;
            return Group(latex, ref at, '}');
        }

        var text = new StringBuilder();
        Append(text, latex, ref at);
        return text.ToString();
    }

    static string Verbatim(string latex, ref int at)
    {
        int end = latex.IndexOf('}', at);
        string text = latex[(at + 1)..end].Replace("\\_", "_", StringComparison.Ordinal);
        at = end + 1;
        return text;
    }

    static string Factor(string text) => text.AsSpan().IndexOfAny(" +−/·") < 0 ? text : $"({text})";

    static string Shifted(string text, string pairs, char mark)
    {
        var shifted = new StringBuilder();
        foreach (char sign in text)
        {
            int at = -1;
            for (int i = 0; i < pairs.Length && at < 0; i += 2)
                at = pairs[i] == sign || pairs[i + 1] == sign ? i + 1 : -1;
            if (at < 0)
            {
                bool isWord = text.Length == 1
                    || (mark == '_' && text.All(c => char.IsAsciiLetterOrDigit(c) || char.IsNumber(c)));
                return isWord ? $"{mark}{text}" : $"{mark}({text})";
            }

            shifted.Append(pairs[at]);
        }

        return shifted.ToString();
    }
}
