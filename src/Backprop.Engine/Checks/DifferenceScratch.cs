namespace Backprop.Engine;

/// <summary>Room for the changes of one row on their way through a network; one for each thread.</summary>
sealed class DifferenceScratch
{
    public DifferenceScratch(Network network)
    {
        U = [.. network.Layers.Select(layer => new Matrix<double>(1, layer.Width))];
        X = [.. network.Layers.Select(layer => new double[layer.Width])];
    }

    /// <summary>The change of each layer's U.</summary>
    public Matrix<double>[] U { get; }

    /// <summary>The change of each layer's X.</summary>
    public double[][] X { get; }
}
