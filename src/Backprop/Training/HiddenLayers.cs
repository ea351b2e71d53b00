using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>The hidden layers of a training: what was asked, else those of a recipe to begin from, else the usual ones.</summary>
static class HiddenLayers
{
    /// <summary>The layers, each with its activations.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="recipe">What to begin from, or null.</param>
    /// <param name="bias">Whether neurons have biases.</param>
    /// <exception cref="ArgumentException">A layer is not known, or layers and activations do not fit together.</exception>
    public static ImmutableArray<HiddenLayer> Resolve(TrainOptions options, NetworkRecipe? recipe, bool bias)
    {
        HiddenLayer[]? inRecipe = recipe is null ? null : Read(recipe.Hidden, options, bias);
        bool isFixed = options.Layers is null && options.Activations is null && inRecipe is not null;
        ImmutableArray<HiddenLayer> layers = isFixed
            ? [.. inRecipe!]
            : WithActivations(Asked(options, inRecipe, bias), options, inRecipe, bias);
        if (layers.FirstOrDefault(layer => layer.Width is not null) is { } open)
            throw new ArgumentException($"The layer '{open}' of the recipe does not say its activation; write {open}*relu.");
        ThrowUnlessEmbeddedFirst(layers);
        return layers;
    }

    /// <summary>
    /// The embeddings among the layers that are asked for, or null: whether there are any decides how categories are encoded.
    /// </summary>
    public static EmbedSpec? EmbedOf(TrainOptions options) => EmbedOf(
        options.Layers?.Select(layer => layer.Text) ?? options.Recipe?.Network.Hidden ?? [], options.OwnActivations);

    /// <summary>The embeddings among hidden layers, or null.</summary>
    public static EmbedSpec? EmbedOf(IEnumerable<string> layers, IReadOnlyList<Activation> own) =>
        layers.Where(text => !HiddenLayer.HasNeurons(text)).Select(text => HiddenLayer.Parse(text, bias: true, own).Embed)
            .FirstOrDefault(embed => embed is not null);

    static HiddenLayer[] Read(IEnumerable<string> texts, TrainOptions options, bool bias) =>
        [.. texts.Select(text => HiddenLayer.Parse(text, bias, options.OwnActivations))];

    /// <summary>The layers before the activations that are said for themselves.</summary>
    static HiddenLayer[] Asked(TrainOptions options, HiddenLayer[]? inRecipe, bool bias)
    {
        if (options.Layers is { } layers)
            return Read(layers.Select(layer => layer.Text), options, bias);
        if (inRecipe is not null)
            return [.. inRecipe.Select(layer => layer.WithoutActivation)];
        return options.Activations is { } activations && activations.Any(text => text.Contains('*', StringComparison.Ordinal))
            ? [.. Read(activations, options, bias).Select(layer => layer.WithoutActivation)]
            : [.. DefaultRecipe.Layers.Select(HiddenLayer.Of)];
    }

    static ImmutableArray<HiddenLayer> WithActivations(
        HiddenLayer[] layers, TrainOptions options, HiddenLayer[]? inRecipe, bool bias)
    {
        int open = layers.Count(layer => layer.Width is not null);
        if (options.Activations is not { } activations)
        {
            Activation[] taken = ActivationsOf(inRecipe, open);
            return Filled(layers, (width, i) => new Dense(width, taken[taken.Length == 1 ? 0 : i], bias));
        }

        if (activations.Count != 1 && activations.Count != open)
        {
            string own = !layers.Any(layer => layer.Layer is Dense) ? ""
                : open == 1 ? " without an activation of its own" : " without activations of their own";
            throw new ArgumentException(
                $"There {(open == 1 ? "is" : "are")} {Counted.Of(open, "hidden layer")}{own}, but "
                + $"{Counted.Of(activations.Count, "activation")}; give one for all or one for each.");
        }

        return Filled(layers, (width, i) => LayerText.Parse(
            activations[activations.Count == 1 ? 0 : i], width, bias, options.OwnActivations));
    }

    /// <summary>The layers with neurons made where there is only a width, of the width and its number among those.</summary>
    static ImmutableArray<HiddenLayer> Filled(HiddenLayer[] layers, Func<int, int, Dense> neurons)
    {
        var filled = ImmutableArray.CreateBuilder<HiddenLayer>(layers.Length);
        int next = 0;
        foreach (HiddenLayer layer in layers)
            filled.Add(layer.Width is { } width ? HiddenLayer.Of(neurons(width, next++)) : layer);
        return filled.MoveToImmutable();
    }

    /// <summary>
    /// The activations that layers of other widths take over from a recipe: one for all, or one for each of as many.
    /// </summary>
    static Activation[] ActivationsOf(HiddenLayer[]? inRecipe, int count)
    {
        Dense[] layers = [.. (inRecipe ?? []).Select(layer => layer.Layer).OfType<Dense>()];
        if (layers.Length == 0 || count == 0)
            return [DefaultRecipe.Activation];

        Activation[] activations = [.. layers.Select(layer => layer.Activations[0].Activation)];
        bool isOneEach = layers.All(layer => layer.Activations.Length == 1);
        return (isOneEach, activations.Distinct().Count()) switch
        {
            (true, 1) => activations[..1],
            (true, _) when activations.Length == count => activations,
            _ => throw new ArgumentException(
                "The recipe's layers do not all have the same activation; say --activation for the other layers, too."),
        };
    }

    /// <summary>Embeddings read the codes of categories, which only the first layer sees.</summary>
    static void ThrowUnlessEmbeddedFirst(ImmutableArray<HiddenLayer> layers)
    {
        int[] places = [.. Enumerable.Range(0, layers.Length).Where(k => layers[k].Embed is not null)];
        if (places.Length > 1)
            throw new ArgumentException("There is one layer embed, for the categories of all columns.");
        if (places is [> 1] || (places is [1] && layers[0].Layer is not Engine.Scale))
            throw new ArgumentException("The layer embed comes first, or behind scale as the first: embed,64 or scale,embed,64.");
    }
}
