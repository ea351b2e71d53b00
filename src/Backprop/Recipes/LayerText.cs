using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>Layers as the command line and recipes write them: <c>relu</c>, <c>128*relu</c>, <c>8*tanh+8*relu</c>.</summary>
static class LayerText
{
    /// <summary>A layer from its text.</summary>
    /// <param name="text">The activations.</param>
    /// <param name="width">The number of neurons, or null where the text gives it.</param>
    /// <param name="bias">Whether the neurons have biases.</param>
    /// <param name="own">Activations of the caller's own, by name before the built-in ones.</param>
    /// <exception cref="BackpropException">The text is no layer, or not of that width.</exception>
    public static Dense Parse(string text, int? width, bool bias, IReadOnlyList<Activation> own)
    {
        try
        {
            if (!text.Contains('*', StringComparison.Ordinal))
            {
                return new Dense(
                    width ?? throw new BackpropException($"The layer '{text}' does not say how many neurons it has."),
                    ParseActivation(text, own), bias);
            }

            var layer = new Dense(text.Split('+').Select(run => ParseRun(run, text, own)), bias);
            if (width is not null && layer.Width != width)
                throw new BackpropException(
                    $"The activations '{text}' are for {Counted.Of(layer.Width, "neuron")}, but the layer has {width}.");
            return layer;
        }
        catch (ArgumentException error)
        {
            throw UserMistake.Of(error);
        }
    }

    /// <summary>A layer as its text.</summary>
    public static string Of(Dense layer) =>
        string.Join('+', layer.Activations.Select(run => $"{run.Count}*{run.Activation.Name}"));

    /// <summary>An activation by name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Activation ParseActivation(string text, IReadOnlyList<Activation> own) =>
        own.FirstOrDefault(activation => activation.Name == text) ?? Activation.Parse(text);

    static ActivationRun ParseRun(string run, string text, IReadOnlyList<Activation> own)
    {
        int star = run.IndexOf('*', StringComparison.Ordinal);
        if (star < 0
            || !int.TryParse(run[..star].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count < 1)
        {
            throw new BackpropException(
                $"'{run.Trim()}' in the layer '{text}' is not of the form COUNT*ACTIVATION, such as 8*tanh+8*relu.");
        }

        return new ActivationRun(ParseActivation(run[(star + 1)..].Trim(), own), count);
    }
}
