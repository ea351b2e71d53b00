namespace Backprop.Tests;

/// <summary>
/// What the lines or columns of shown numbers run over: the rows, or a layer's neurons (of layer 0: the features).
/// </summary>
readonly record struct Axis(QuantityAxis Kind, int Layer)
{
    public static Axis One => default;

    public static Axis Rows => new(QuantityAxis.Rows, 0);

    /// <summary>The neurons of layers that scale, normalise and the like are those of the layer before.</summary>
    public static Axis Of(QuantityAxis kind, int? layer, Explanation explanation)
    {
        Axis axis = Of(kind, layer);
        while (axis is { Kind: QuantityAxis.Neurons, Layer: > 0 }
            && LayerKinds.Of(explanation.Layers[axis.Layer - 1].Layer).KeepsNames)
        {
            axis = axis with { Layer = axis.Layer - 1 };
        }

        return axis;
    }

    static Axis Of(QuantityAxis kind, int? layer) => kind switch
    {
        QuantityAxis.One => One,
        QuantityAxis.Rows => Rows,
        QuantityAxis.Categories => new(QuantityAxis.Categories, layer.GetValueOrDefault()),
        QuantityAxis.Sources => new(QuantityAxis.Neurons, layer.GetValueOrDefault() - 1),
        _ => new(QuantityAxis.Neurons, layer.GetValueOrDefault()),
    };
}
