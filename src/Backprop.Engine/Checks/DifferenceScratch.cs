namespace Backprop.Engine;

/// <summary>Room for the changes of one row on their way through a network; one for each thread.</summary>
sealed class DifferenceScratch
{
    public DifferenceScratch(Network network)
    {
        Dense[] layers = [.. network.Layers.OfType<Dense>()];
        U = [.. layers.Select(layer => new Matrix<double>(1, layer.Width))];
        X = [.. layers.Select(layer => new double[layer.Width])];
    }

    /// <summary>The change of each layer's U.</summary>
    public Matrix<double>[] U { get; }

    /// <summary>The change of each layer's X.</summary>
    public double[][] X { get; }
}
