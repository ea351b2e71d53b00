namespace Backprop.Engine.Tests;

/// <summary>A layer of a <see cref="TorchLayersCase"/>.</summary>
sealed record TorchLayer(
    string Kind, int Width = 0, string Activation = "", bool Bias = false, double Momentum = 0, double Epsilon = 0)
{
    public Layer ToLayer() => Kind switch
    {
        "dense" => new Dense(Width, Engine.Activation.Parse(Activation), Bias),
        "scale" => new Scale(),
        "layernorm" => new LayerNorm(Epsilon),
        "batchnorm" => new BatchNorm(Momentum, Epsilon),
        _ => throw new NotSupportedException(Kind),
    };
}
