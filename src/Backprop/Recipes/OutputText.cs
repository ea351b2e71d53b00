using Backprop.Engine;

namespace Backprop;

/// <summary>The output of a network as the command line and recipes write it: <c>softmax</c>, or an activation.</summary>
static class OutputText
{
    /// <summary>The output that joins the neurons of the last layer, which is linear then.</summary>
    public const string Softmax = "softmax";

    /// <summary>A network's output as its text.</summary>
    public static string Of(Network network) =>
        network.HasSoftmax ? Softmax : ((Dense)network.Layers[^1]).Activations[0].Activation.Name;

    /// <summary>A loss's output as its text; null where the loss goes with every output.</summary>
    public static string? Of(Loss loss) => loss.Kind switch
    {
        LossKind.Softmax => Softmax,
        LossKind.Joint => loss.Link!.Name,
        LossKind.Plain => null,
        _ => throw new NotSupportedException($"The loss {loss} has no output."),
    };

    /// <summary>What an output's text means.</summary>
    /// <param name="text">The text.</param>
    /// <param name="own">Activations of the caller's own, by name before the built-in ones.</param>
    /// <exception cref="ArgumentException">There is no activation of that name.</exception>
    public static (Activation Last, bool HasSoftmax) Parse(string text, IReadOnlyList<Activation> own) => text == Softmax
        ? (Activation.Linear, true)
        : (LayerText.ParseActivation(text, own), false);
}
