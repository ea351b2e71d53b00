using Backprop.Engine;

namespace Backprop;

/// <summary>
/// A layer's activations as steps of a formula, from the text that stands beside each activation's code: one step for all
/// neurons, or one for each run of neurons that share an activation.
/// </summary>
static class FunctionSteps
{
    const string Separator = @",\; ";

    /// <summary>
    /// <c>f(u) = tanh u</c> in LaTeX, with a comma before it; nothing of an activation of a user's own, which has a name only.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="f">What a neuron's activation is called; with an index j where the layer has several.</param>
    /// <param name="u">A letter for its argument.</param>
    public static string Value(Dense layer, string f, string u) => string.Concat(
        Steps(layer, run => run.Formula(u, "x") is { } formula ? $"{f}({u}) = {formula.Value}" : null)
            .Select(step => Separator + step));

    /// <summary><c>f′(u) = 1 − x²</c> in LaTeX; null where all activations are of a user's own.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="slope">What the slope is called: <c>f'(u)</c>.</param>
    /// <param name="u">What the total input is called.</param>
    /// <param name="x">What the output is called.</param>
    /// <param name="output">What x is, where it is a letter that the formula has to explain: <c>f(u)</c>.</param>
    public static string? Slope(Dense layer, string slope, string u, string x, string? output = null)
    {
        string[] steps = [.. Steps(layer, run => run.Formula(u, x) is { } formula ? $"{slope} = {formula.Derivative}" : null)];
        bool readsOutput = layer.Activations.Any(run => run.Activation.Formula(u, x) != run.Activation.Formula(u, "other"));
        return steps.Length == 0 ? null
            : string.Join(Separator, output is not null && readsOutput ? [.. steps, $"{x} = {output}"] : steps);
    }

    /// <summary>The one activation of all of a layer's neurons, or null.</summary>
    public static Activation? Only(Dense layer) => layer.Activations.Length == 1 ? layer.Activations[0].Activation : null;

    /// <summary>The activations of a layer in words: <c>tanh</c>, or <c>tanh (1–8), relu (9–16)</c>.</summary>
    public static string Words(Dense layer)
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

    static IEnumerable<string> Steps(Dense layer, Func<Activation, string?> step)
    {
        int first = 1;
        foreach (ActivationRun run in layer.Activations)
        {
            int last = first + run.Count - 1;
            string range = layer.Activations.Length == 1 ? ""
                : @"\text{ for } j = " + (run.Count == 1 ? $"{last}" : $@"{first} \dots {last}");
            first = last + 1;
            if (step(run.Activation) is not { } text)
                continue;

            // What a letter of the formula stands for follows after the neurons that it is for.
            string[] parts = text.Split(Separator, 2);
            yield return parts[0] + range + (parts.Length == 1 ? "" : Separator + parts[1]);
        }
    }
}
