using Backprop.Engine;

namespace Backprop;

/// <summary>What a recipe says of the network. The number of inputs and outputs follows from the data.</summary>
public sealed record NetworkRecipe
{
    /// <summary>
    /// The hidden layers, each as its neurons' activations (<c>128*relu</c>, <c>8*tanh+8*relu</c>) or by its name
    /// (<c>batchnorm</c>, <c>dropout:rate=0.2</c>).
    /// </summary>
    public required IReadOnlyList<string> Hidden { get; init; }

    /// <summary>The output: <c>softmax</c> or an activation.</summary>
    public required string Output { get; init; }

    /// <summary>Whether neurons have biases.</summary>
    public required bool Bias { get; init; }

    /// <summary>
    /// The initializer of the weights of each layer of neurons, the output layer's last, see <see cref="Initializer.Parse"/>; or
    /// <see cref="FromModel"/> alone where training starts from given parameters.
    /// </summary>
    public required IReadOnlyList<string> Initializers { get; init; }

    /// <summary>What stands for the initializers where the parameters were given.</summary>
    public const string FromModel = "from-model";

    /// <summary>Whether training starts from given parameters.</summary>
    internal bool StartsFromModel => Initializers is [FromModel];
}
