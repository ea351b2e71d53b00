using System.Globalization;

namespace Backprop.Kernels;

/// <summary>The sizes of a product: rows of the batch, inputs, outputs.</summary>
sealed record ProductShape(int Rows, int Inputs, int Outputs) : IWork
{
    public double Amount => 2.0 * Rows * Inputs * Outputs;

    public string Rate(double nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{Amount / nanoseconds:0.0} GFLOP/s");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows}-{Inputs}-{Outputs}");
}
