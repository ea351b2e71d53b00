using System.Numerics;
using System.Runtime.Intrinsics;
using Backprop.Engine;
using Backprop.Engine.Tests;

namespace Backprop.Probes;

/// <summary>
/// Which vectors this process uses, then the parameter hash of every training, one a line. However the runtime is
/// started, only the first line may differ.
/// </summary>
static class Hashes
{
    public static void Write()
    {
        string width = Vector512.IsHardwareAccelerated ? "512"
            : Vector256.IsHardwareAccelerated ? "256"
            : Vector128.IsHardwareAccelerated ? "128"
            : "none";
        Console.WriteLine($"vectors {width}");
        foreach (SampleTraining training in SampleTraining.All)
        {
            Console.WriteLine($"{training.Name} single {Hash<float>(training)}");
            Console.WriteLine($"{training.Name} double {Hash<double>(training)}");
        }
    }

    static string Hash<T>(SampleTraining training)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Parameters<T> parameters = training.Start<T>();
        new Trainer<T>(training.Options, threads: 1).Train(parameters, training.Examples<T>());
        return parameters.Hash();
    }
}
