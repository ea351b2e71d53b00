using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>Losses as formulas.</summary>
static class LossFormulas
{
    /// <summary>The loss of one output in LaTeX, to be summed over the outputs.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="x">What the output is called.</param>
    /// <param name="t">What its target is called.</param>
    /// <param name="u">What the total input is called.</param>
    public static string Value(Loss loss, string x, string t, string u) => Word(loss) switch
    {
        "squared" => $"({x} - {t})^2",
        "half-squared" => $@"\tfrac{{1}}{{2}}({x} - {t})^2",
        "absolute" => $"|{x} - {t}|",
        "huber" => $@"\left(\tfrac{{1}}{{2}}d^2 \text{{ where }} |d| \le {P(loss)}, \text{{ else }} {P(loss)}(|d| - {P(loss)}/2)\right), "
            + $@"d = {x} - {t}",
        "quantile" => $@"\max({P(loss)}({t} - {x}), (1 - {P(loss)})({x} - {t}))",
        "softmax-cross-entropy" => $@"-{t} \ln {x}",
        "logistic-cross-entropy" => $@"(-{t} \ln {x} - (1 - {t}) \ln(1 - {x}))",
        "poisson" => $@"({x} - {t} {u})",
        _ => $@"\ell({x}, {t})",
    };

    /// <summary>Its derivative by the output x, or by u under a joint loss.</summary>
    public static string Derivative(Loss loss, string x, string t) => Word(loss) switch
    {
        "squared" => $"2({x} - {t})",
        "half-squared" or "softmax-cross-entropy" or "logistic-cross-entropy" or "poisson" => $"({x} - {t})",
        "absolute" => $@"\text{{sign}}({x} - {t})",
        "huber" => $@"\max(-{P(loss)}, \min({P(loss)}, {x} - {t}))",
        "quantile" => $@"(1 - {P(loss)} \text{{ where }} {x} > {t}, \text{{ else }} -{P(loss)})",
        _ => $@"\ell'({x}, {t})",
    };

    /// <summary>The name without parameters.</summary>
    public static string Word(Loss loss) => loss.Name.Split(':')[0];

    /// <summary>What label smoothing puts in the place of a target: t(1 − ε) + ε/K.</summary>
    public static double Smoothed(Loss loss, int outputs, double target)
    {
        double share = loss.Kind == LossKind.Softmax ? outputs : 2;
        return Smoothing(loss) is var epsilon and > 0 ? target * (1 - epsilon) + epsilon / share : target;
    }

    /// <summary>ε of label smoothing, 0 for none.</summary>
    public static double Smoothing(Loss loss)
    {
        const string Smoothing = ":smoothing=";
        int at = loss.Name.IndexOf(Smoothing, StringComparison.Ordinal);
        return at < 0 ? 0 : double.Parse(loss.Name.AsSpan(at + Smoothing.Length), CultureInfo.InvariantCulture);
    }

    static string P(Loss loss) => loss.Name.Split('=')[^1];
}
