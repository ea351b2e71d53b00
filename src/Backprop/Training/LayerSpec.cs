using System.Globalization;

namespace Backprop;

/// <summary>
/// A hidden layer as it is asked for: a width, or a text that says more. <c>Layers = [64, "batchnorm", "32*tanh"]</c>.
/// </summary>
public readonly record struct LayerSpec
{
    /// <summary>So many neurons, whose activation <see cref="TrainOptions.Activations"/> says.</summary>
    /// <param name="width">How many, 1 or more.</param>
    public LayerSpec(int width) => Text = width.ToString(CultureInfo.InvariantCulture);

    /// <summary>A layer as the command line writes it.</summary>
    /// <param name="text">
    /// <c>64</c>; neurons with activations of their own, <c>64*relu</c> or <c>8*tanh+8*relu</c>; or a layer by name:
    /// <c>batchnorm</c>, <c>batchnorm:momentum=0.2</c>, <c>layernorm</c>, <c>dropout:rate=0.2</c>, <c>scale</c>, <c>embed</c>,
    /// <c>embed:width=8</c>.
    /// </param>
    public LayerSpec(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
    }

    /// <summary>The text.</summary>
    public string Text { get => field ?? ""; }

    /// <summary>So many neurons.</summary>
    public static implicit operator LayerSpec(int width) => new(width);

    /// <summary>A layer as the command line writes it.</summary>
    public static implicit operator LayerSpec(string text) => new(text);

    /// <summary>The <see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
