using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>Room for the changes of some rows on their way through a network; one for each thread.</summary>
sealed class DifferenceScratch(Network network, ImmutableArray<LayerDifference> layers, int rows)
{
    /// <summary>The change of the inputs; 0 but while a flow sets one.</summary>
    public Matrix<double> In { get; } = new(rows, network.Inputs);

    /// <summary>The change of each layer's U.</summary>
    public ImmutableArray<Matrix<double>> U { get; } = [.. layers.Select(layer => new Matrix<double>(rows, layer.U.Columns))];

    /// <summary>The change of each layer's X.</summary>
    public ImmutableArray<Matrix<double>> X { get; } = [.. layers.Select(layer => new Matrix<double>(rows, layer.U.Columns))];

    /// <summary>What each row's loss changes by, up and down.</summary>
    public (double[] Up, double[] Down) Losses { get; } = (new double[rows], new double[rows]);
}
