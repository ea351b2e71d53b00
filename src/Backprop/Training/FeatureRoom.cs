using System.Globalization;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Refuses more features than fit, before they are made.</summary>
static class FeatureRoom
{
    /// <summary>Refuses rows × features that neither an array nor this machine's memory holds.</summary>
    /// <param name="rows">The rows of the largest table.</param>
    /// <param name="encoder">The columns.</param>
    /// <param name="network">The network that takes them.</param>
    /// <exception cref="BackpropException">They do not fit.</exception>
    public static void ThrowUnlessFits<T>(int rows, TableEncoder encoder, Network network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const double Giga = 1 << 30;
        int size = typeof(T) == typeof(double) ? sizeof(double) : sizeof(float);
        long cells = (long)rows * encoder.FeatureCount;
        double bytes = ((double)cells + network.ParameterCount) * size;
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (cells <= Array.MaxLength && network.ParameterCount <= Array.MaxLength && bytes <= memory)
            return;

        ColumnEncoder widest = encoder.Columns.MaxBy(column => column.FeatureCount)!;
        throw new BackpropException(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} rows of {encoder.FeatureCount:N0} features are more than fit: they need {bytes / Giga:F1} GB, and there "
            + $"are {memory / Giga:F1} GB and room for {Array.MaxLength:N0} numbers; leave out columns with --ignore: "
            + $"'{widest.Name}' alone gives {widest.FeatureCount:N0} features."));
    }
}
