using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// What a model file says about itself in its metadata, beside the graph: everything about encoders, network and target
/// but the network's numbers, which stand in the graph alone.
/// </summary>
sealed record ModelSchema
{
    /// <summary>The version that is written.</summary>
    public const int CurrentFormat = 1;

    const string SoftmaxLink = "softmax";
    const string NoLink = "none";

    /// <summary>The version of this description and of the graph that belongs to it.</summary>
    public required int Format { get; init; }

    /// <summary><c>single</c> or <c>double</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>The columns with their operations; null for a network that takes features as they are.</summary>
    public required ImmutableArray<ColumnSchema>? Columns { get; init; }

    /// <summary>The number of features.</summary>
    public required int Inputs { get; init; }

    /// <summary>The layers in the order of the value flow, without dropout and softmax.</summary>
    public required ImmutableArray<LayerSchema> Layers { get; init; }

    /// <summary><c>none</c> or <c>softmax</c>.</summary>
    public required string Link { get; init; }

    /// <summary>What the outputs mean, or null.</summary>
    public required TargetSchema? Target { get; init; }

    /// <summary>The description of a model.</summary>
    public static ModelSchema Of<T>(OnnxModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = model.Parameters.Network;
        return new ModelSchema
        {
            Format = CurrentFormat,
            Precision = Element.Name<T>(),
            Columns = model.Encoder is { } encoder
                ? [.. encoder.Columns.Select(column => new ColumnSchema(column.Name, column.Operations))]
                : null,
            Inputs = network.Inputs,
            Layers =
            [
                .. network.Layers.Select(layer => (Layer: layer, Kind: LayerKinds.Of(layer)))
                    .Where(pair => pair.Kind.IsDescribed).Select(pair => pair.Kind.Describe(pair.Layer)),
            ],
            Link = network.HasSoftmax ? SoftmaxLink : NoLink,
            Target = TargetSchema.Of(model.Target),
        };
    }

    /// <summary>The description as JSON; equal ones give equal texts.</summary>
    public string ToJson() => ModelSchemaText.Of(this);

    /// <summary>Reads a description.</summary>
    /// <exception cref="JsonException">It is no such JSON.</exception>
    public static ModelSchema Parse(string json)
    {
        ModelSchema schema = JsonSerializer.Deserialize(json, ModelSchemaJson.Default.ModelSchema)
            ?? throw new JsonException("There is no object.");
        return schema.Layers.All(layer => layer?.HasOnlyNumbers(LayerKinds.HasSetting) != false)
            ? schema
            : throw new JsonException("A layer has a field that is not known, or no number where there must be one.");
    }

    /// <summary>The encoders, or null.</summary>
    /// <exception cref="BackpropException">They mean nothing.</exception>
    public TableEncoder? ToEncoder() => Columns is { } columns
        ? new TableEncoder([.. columns.Select(column => new ColumnEncoder(column.Name, column.Operations))])
        : null;

    /// <summary>The network's shape.</summary>
    /// <param name="own">Activations of the caller's own, by name before the built-in ones.</param>
    /// <exception cref="ArgumentException">It is no network, or an activation is unknown.</exception>
    public Network ToNetwork(ReadOnlySpan<Activation> own)
    {
        var layers = new List<Layer>(Layers.Length);
        foreach (LayerSchema layer in Layers)
            layers.Add(LayerKinds.Read(layer, own));

        if (Link == SoftmaxLink)
            layers.Add(new Softmax());
        else if (Link != NoLink)
            throw new BackpropException($"The output link '{Link}' is unknown.");
        return new Network(Inputs, layers);
    }
}
