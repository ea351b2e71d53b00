using System.Text;

namespace Backprop.Cli;

/// <summary>Plain text as LaTeX: what means something there is escaped, what its fonts lack is set as mathematics.</summary>
static class LatexText
{
    const string Raised = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁻-⁽(⁾)ⁱiᵏkⁿnʲjᵐmˡlᵗt";
    const string Lowered = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuₓx";

    static readonly Dictionary<char, string> s_signs = new()
    {
        { '\\', @"\textbackslash{}" }, { '{', @"\{" }, { '}', @"\}" }, { '$', @"\$" }, { '&', @"\&" }, { '#', @"\#" },
        { '%', @"\%" },
        { '_', @"\_" }, { '^', @"\^{}" }, { '~', @"\~{}" }, { '<', "$<$" }, { '>', "$>$" }, { '|', "$|$" }, { '"', "''" },
        { 'α', @"$\alpha$" }, { 'β', @"$\beta$" }, { 'γ', @"$\gamma$" }, { 'δ', @"$\delta$" }, { 'Δ', @"$\Delta$" },
        { 'ε', @"$\epsilon$" }, { 'η', @"$\eta$" }, { 'λ', @"$\lambda$" }, { 'μ', @"$\mu$" }, { 'ρ', @"$\rho$" },
        { 'σ', @"$\sigma$" }, { 'ω', @"$\omega$" }, { 'ψ', @"$\psi$" }, { 'ℓ', @"$\ell$" }, { '∂', @"$\partial$" },
        { 'Σ', @"$\Sigma$" }, { 'Π', @"$\Pi$" }, { '½', @"$\tfrac{1}{2}$" }, { '‖', @"$\Vert$" },
        { '√', @"$\surd$" }, { '·', @"$\cdot$" }, { '×', @"$\times$" }, { '⊙', @"$\odot$" }, { '→', @"$\to$" },
        { '←', @"$\leftarrow$" }, { '≥', @"$\ge$" }, { '≤', @"$\le$" }, { '−', "$-$" }, { '′', "$'$" }, { 'ᵀ', @"$^{\top}$" },
        { '–', "--" }, { '…', @"\dots{}" }, { 'Ĥ', @"$\widehat{H}$" }, { '\n', " " }, { '\r', " " }, { '⁺', "$^{+}$" },
    };

    public static string Of(string text)
    {
        var latex = new StringBuilder();
        foreach (char sign in text)
        {
            latex.Append(s_signs.TryGetValue(sign, out string? written) ? written
                : Pair(Raised, sign) is { } raised ? $"$^{{{raised}}}$"
                : Pair(Lowered, sign) is { } lowered ? $"$_{{{lowered}}}$"
                : sign.ToString());
        }

        return latex.ToString();
    }

    static char? Pair(string pairs, char sign)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] == sign)
                return pairs[i + 1];
        }

        return null;
    }
}
