using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>The tensors of a checkpoint by name: <c>parameters.1.W</c>, <c>best.1.b</c>, <c>moment1.2.W</c>.</summary>
static class CheckpointTensors
{
    const string ParametersPrefix = "parameters";

    /// <summary>The name of a tensor of the parameters.</summary>
    public static string NameOf(Tensor tensor) => NameOf(ParametersPrefix, tensor);

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
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        parameters.Network.Layout.Tensors.Zip(parameters.Tensors, (tensor, numbers) => (NameOf(prefix, tensor), numbers));

    static string NameOf(string prefix, Tensor tensor) => $"{prefix}.{tensor.Number}.{tensor.Name switch
    {
        "weights" => "W",
        "bias" => "b",
        _ => tensor.Name,
    }}";
}
