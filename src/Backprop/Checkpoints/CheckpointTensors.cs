using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>The tensors of a checkpoint by name: <c>parameters.1.W</c>, <c>best.1.b</c>, <c>moment1.2.W</c>.</summary>
static class CheckpointTensors
{
    const string ParametersPrefix = "parameters";

    /// <summary>The weights into a layer, counted from 0.</summary>
    public static string WeightsName(int k) => Weights(ParametersPrefix, k);

    /// <summary>All that a training's further way depends on, but for single numbers.</summary>
    public static IEnumerable<(string Name, Matrix<T> Matrix)> Of<T>(TrainingState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IEnumerable<(string, Matrix<T>)> tensors = Of(ParametersPrefix, state.Parameters);
        if (state.Best.Parameters is { } best)
            tensors = tensors.Concat(Of("best", best));
        return tensors.Concat(state.Update.Moments.SelectMany((moment, k) => Of($"moment{k + 1}", moment)));
    }

    static IEnumerable<(string Name, Matrix<T> Matrix)> Of<T>(string prefix, Parameters<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < parameters.Weights.Length; k++)
        {
            yield return (Weights(prefix, k), parameters.Weights[k]);
            if (parameters.Biases[k] is { } bias)
                yield return ($"{prefix}.{k + 1}.b", bias);
        }
    }

    static string Weights(string prefix, int k) => $"{prefix}.{k + 1}.W";
}
