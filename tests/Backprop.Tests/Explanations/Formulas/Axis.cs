namespace Backprop.Tests;

/// <summary>
/// What the lines or columns of shown numbers run over: the rows, or a layer's neurons (of layer 0: the features).
/// </summary>
readonly record struct Axis(QuantityAxis Kind, int Layer)
{
    public static Axis One => default;

    public static Axis Rows => new(QuantityAxis.Rows, 0);

    public static Axis Of(QuantityAxis kind, int? layer) => kind switch
    {
        QuantityAxis.One => One,
        QuantityAxis.Rows => Rows,
        QuantityAxis.Sources => new(QuantityAxis.Neurons, layer.GetValueOrDefault() - 1),
        _ => new(QuantityAxis.Neurons, layer.GetValueOrDefault()),
    };
}
