using System.Numerics;

namespace Backprop.Engine.Tests;

/// <summary>The elementary functions by name, applied to arrays at any width.</summary>
static class ElementaryFunctions
{
    public static readonly string[] Names =
        ["exp", "expMinusOne", "log", "logOnePlus", "tanh", "logistic", "softplus", "erf", "sin", "cos"];

    /// <summary>Replaces each whole group of 16 values by its results.</summary>
    public static void Apply<V, T>(string name, T[] values)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = values.Length / 16 * 16;
        switch (name)
        {
            case "exp":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.Exp(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "expMinusOne":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.ExpMinusOne(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "log":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.Log(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "logOnePlus":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.LogOnePlus(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "tanh":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.Tanh(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "logistic":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.Logistic(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "softplus":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.Softplus(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "erf":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.Erf(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "sin":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.Sin(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            case "cos":
                for (int i = 0; i < count; i += V.Count)
                    V.Store(V.Cos(V.Load(ref values[i], 0)), ref values[i], 0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "No elementary function has this name.");
        }
    }
}
