using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// One of the hidden layers as recipes and the command line write it: neurons (<c>64</c>, <c>64*relu</c>, <c>8*tanh+8*relu</c>),
/// or a layer by name (<c>batchnorm:momentum=0.2</c>). What it is stands in one of its three properties.
/// </summary>
sealed partial record HiddenLayer
{
    /// <summary>A layer of which all is said.</summary>
    public Layer? Layer { get; private init; }

    /// <summary>The number of neurons whose activation is said elsewhere.</summary>
    public int? Width { get; private init; }

    /// <summary>Embeddings.</summary>
    public EmbedSpec? Embed { get; private init; }

    /// <summary>Whether it has neurons.</summary>
    public bool IsDense => Layer is Dense || Width is not null;

    /// <summary>The same without activations: its width where it has neurons.</summary>
    public HiddenLayer WithoutActivation => Layer is Dense layer ? Of(layer.Width) : this;

    /// <summary>A layer.</summary>
    public static HiddenLayer Of(Layer layer) => new() { Layer = layer };

    /// <summary>So many neurons.</summary>
    public static HiddenLayer Of(int width) => new() { Width = width };

    /// <summary>Reads one.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="bias">Whether neurons have biases.</param>
    /// <param name="own">Activations of the caller's own, by name before the built-in ones.</param>
    /// <exception cref="ArgumentException">The text is none of these; the message says what there is.</exception>
    /// <exception cref="BackpropException">The activations are not said as they should be.</exception>
    public static HiddenLayer Parse(string text, bool bias, IReadOnlyList<Activation> own)
    {
        text = text.Trim();
        if (text.Contains('*', StringComparison.Ordinal))
            return Of(LayerText.Parse(text, null, bias, own));
        if (HasNeurons(text) || text.Length == 0)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width >= 1
                ? Of(width)
                : throw new ArgumentException($"'{text}' is not a width; write widths of 1 or more, such as 64 or 64*relu.");
        }

        var named = Specification.Parse(text, Family.Words);
        if (Family.Words.Names.Contains(named.Name, StringComparer.Ordinal))
            return Family.Make(named);
        throw new ArgumentException(IsActivation(named.Name, own)
            ? $"The layer '{text}' does not say how many neurons it has; write 64*{text}."
            : $"{named.Unknown().Message.TrimEnd('.')}; neurons are their number, such as 64 or 64*relu.");
    }

    /// <summary>Whether a text is one of neurons, and not of a layer by name.</summary>
    public static bool HasNeurons(string text) =>
        text.Contains('*', StringComparison.Ordinal) || (text.TrimStart() is [var first, ..] && char.IsAsciiDigit(first));

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Layer switch
    {
        Dense layer => LayerText.Of(layer),
        { } layer => layer.ToString(),
        null => Embed?.ToString() ?? Width.GetValueOrDefault().ToString(CultureInfo.InvariantCulture),
    };

    static bool IsActivation(string name, IReadOnlyList<Activation> own) =>
        own.Any(activation => activation.Name == name)
        || Activation.Family.Words.Names.Contains(Activation.Family.Words.Name(name), StringComparer.Ordinal);
}
