using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Backprop.Engine;

namespace Backprop;

/// <summary>A layer in a <see cref="ModelSchema"/>: what its kind has is said, the rest is null.</summary>
/// <param name="Activations">Neurons side by side that share an activation, in order.</param>
/// <param name="Bias">Whether the neurons have biases.</param>
/// <param name="Kind">What layer it is; null for a dense one.</param>
/// <param name="Momentum">The weight of a shard's statistics in the running ones.</param>
/// <param name="Epsilon">What is added to a variance.</param>
/// <param name="Tables">The tables of embeddings.</param>
sealed record LayerSchema(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<ActivationSchema>? Activations = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Bias = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Momentum = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Epsilon = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<EmbedTable>? Tables = null)
{
    const string ScaleKind = "scale";
    const string EmbedKind = "embed";
    const string BatchNormKind = "batchnorm";
    const string LayerNormKind = "layernorm";

    public static LayerSchema Of(Layer layer) => layer switch
    {
        Dense dense => new LayerSchema(
            [.. dense.Activations.Select(run => new ActivationSchema(run.Activation.Name, run.Count))], dense.HasBias),
        Scale => new LayerSchema(Kind: ScaleKind),
        Embed embed => new LayerSchema(Kind: EmbedKind, Tables: embed.Tables),
        BatchNorm norm => new LayerSchema(Kind: BatchNormKind, Momentum: norm.Momentum, Epsilon: norm.Epsilon),
        LayerNorm norm => new LayerSchema(Kind: LayerNormKind, Epsilon: norm.Epsilon),
        _ => throw new NotSupportedException($"The layer {layer} has no description."),
    };

    /// <summary>The layer.</summary>
    /// <exception cref="ArgumentException">It is no layer, or an activation is unknown.</exception>
    /// <exception cref="BackpropException">Its kind is unknown, or something of it is not said.</exception>
    public Layer ToLayer(ReadOnlySpan<Activation> own) => Kind switch
    {
        null => ToDense(own),
        ScaleKind => new Scale(),
        EmbedKind => new Embed(Said(Tables, "tables")),
        BatchNormKind => new BatchNorm(Said(Momentum, "momentum"), Said(Epsilon, "epsilon")),
        LayerNormKind => new LayerNorm(Said(Epsilon, "epsilon")),
        _ => throw new BackpropException($"The layer kind '{Kind}' is unknown."),
    };

    Dense ToDense(ReadOnlySpan<Activation> own)
    {
        ImmutableArray<ActivationSchema> activations = Said(Activations, "activations");
        var runs = new List<ActivationRun>(activations.Length);
        foreach (ActivationSchema run in activations)
        {
            if (run is null)
                throw new BackpropException("A layer has an activation without a name.");
            runs.Add(new ActivationRun(Find(run.Name, own), run.Count));
        }

        return new Dense(runs, Said(Bias, "bias"));
    }

    static V Said<V>(V? value, string what)
        where V : struct => value ?? throw new BackpropException($"A layer does not say its {what}.");

    static Activation Find(string name, ReadOnlySpan<Activation> own)
    {
        foreach (Activation activation in own)
        {
            if (string.Equals(activation.Name, name, StringComparison.Ordinal))
                return activation;
        }

        return Activation.Parse(name);
    }
}
