using Backprop.Engine;

namespace Backprop;

/// <summary>Activations as formulas.</summary>
static class ActivationFormulas
{
    /// <summary>f(u) and f′ in LaTeX, or null for one of a user's own.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="u">What the total input is called.</param>
    /// <param name="x">What the output is called.</param>
    public static (string Value, string Derivative)? Of(Activation activation, string u, string x)
    {
        string[] parts = activation.Name.Split(':', '=');
        string a = parts[^1];
        return parts[0] switch
        {
            "linear" => (u, "1"),
            "logistic" => ($@"1/(1 + e^{{-{u}}})", $"{x}(1 - {x})"),
            "tanh" => ($@"\tanh {u}", $"1 - {x}^2"),
            "relu" => ($@"\max(0, {u})", $@"1 \text{{ where }} {u} > 0, \text{{ else }} 0"),
            "leaky-relu" => (
                $@"{u} \text{{ where }} {u} \ge 0, \text{{ else }} {a}{u}", $@"1 \text{{ where }} {u} > 0, \text{{ else }} {a}"),
            "elu" => (
                $@"{u} \text{{ where }} {u} \ge 0, \text{{ else }} {a}(e^{{{u}}} - 1)",
                $@"1 \text{{ where }} {u} \ge 0, \text{{ else }} {x} + {a}"),
            "selu" => (
                $@"\lambda {u} \text{{ where }} {u} \ge 0, \text{{ else }} \lambda \alpha(e^{{{u}}} - 1)",
                $@"\lambda \text{{ where }} {u} \ge 0, \text{{ else }} {x} + \lambda \alpha"),
            "exponential" => ($"e^{{{u}}}", x),
            "softplus" => ($@"\ln(1 + e^{{{u}}})", $@"1/(1 + e^{{-{u}}})"),
            "softsign" => ($"{u}/(1 + |{u}|)", $"1/(1 + |{u}|)^2"),
            "sine" => ($@"\sin {u}", $@"\cos {u}"),
            "hard-tanh" => ($@"\max(-1, \min(1, {u}))", $@"1 \text{{ where }} |{u}| < 1, \text{{ else }} 0"),
            "silu" => ($@"{u} \sigma({u})", $@"\sigma({u})(1 + {u} \sigma(-{u}))"),
            "gelu" => ($@"{u} \varPhi({u})", $@"\varPhi({u}) + {u} \varPhi'({u})"),
            "mish" => ($@"{u} \tanh(\ln(1 + e^{{{u}}}))", $@"\partial {x}/\partial {u}"),
            _ => null,
        };
    }

    /// <summary>The one activation of all of a layer's neurons, or null.</summary>
    public static Activation? Only(Layer layer) => layer.Activations.Length == 1 ? layer.Activations[0].Activation : null;

    /// <summary>The activations of a layer in words: <c>tanh</c>, or <c>tanh (1–8), relu (9–16)</c>.</summary>
    public static string Words(Layer layer)
    {
        if (Only(layer) is { } only)
            return only.Name;
        int first = 1;
        return string.Join(", ", layer.Activations.Select(run =>
        {
            int last = first + run.Count - 1;
            string words = $"{run.Activation.Name} ({(run.Count == 1 ? $"{last}" : $"{first}–{last}")})";
            first = last + 1;
            return words;
        }));
    }
}
