using System.Numerics;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>A network for every kind of layer, and numbers for it.</summary>
static class LayerSamples
{
    public static readonly Dictionary<string, Network> Networks = new(StringComparer.Ordinal)
    {
        [nameof(Dense)] = new Network(3, new Dense(4, Activation.Tanh), new Dense(2, Activation.Linear, bias: false)),
        [nameof(Dropout)] = new Network(3, new Dense(4, Activation.Tanh), new Dropout(0.5), new Dense(2, Activation.Linear)),
        [nameof(Softmax)] = new Network(3, new Dense(4, Activation.Linear), new Softmax()),
        [nameof(Scale)] = new Network(3, new Scale(), new Dense(4, Activation.Silu), new Scale()),
        [nameof(BatchNorm)] = new Network(
            3, new BatchNorm(0.25, 1e-3), new Dense(17, Activation.Tanh, bias: false), new BatchNorm(),
            new Dense(2, Activation.Linear)),
        [nameof(LayerNorm)] = new Network(
            5, new LayerNorm(0.01), new Dense(17, Activation.Tanh), new LayerNorm(), new Dense(3, Activation.Linear),
            new Softmax()),
        [nameof(Embed)] = new Network(
            2, new Dense(3, Activation.Tanh), new Embed(new EmbedTable(3, 2), new EmbedTable(7, 17)),
            new Dense(2, Activation.Linear)),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    /// <summary>Factors near 1 and variances above 0; the rest between −1 and 1.</summary>
    public static Parameters<T> Parameters<T>(Network network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(network);
        uint state = 2468;
        foreach ((Tensor tensor, Matrix<T> numbers) in network.Layout.Tensors.Zip(parameters.Tensors))
        {
            double centre = tensor.Role == TensorRole.Factor || tensor.Name == "variance" ? 1.2 : 0;
            for (int row = 0; row < numbers.Rows; row++)
            {
                for (int column = 0; column < numbers.Columns; column++)
                    numbers[row, column] = T.CreateChecked(centre + Number(ref state));
            }
        }

        return parameters;
    }

    public static Matrix<T> Inputs<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var inputs = new Matrix<T>(rows, columns);
        uint state = 1357;
        for (int i = 0; i < rows * columns; i++)
            inputs[i / columns, i % columns] = T.CreateChecked(2 * Number(ref state));
        return inputs;
    }

    /// <summary>Codes of the tables of a network's embeddings, each of them somewhere; null where it has none.</summary>
    public static CodeMatrix? Codes(Network network, int rows)
    {
        if (network.Layers.OfType<Embed>().FirstOrDefault() is not { } embeddings)
            return null;

        var codes = new CodeMatrix(rows, embeddings.Tables.Length);
        for (int row = 0; row < rows; row++)
        {
            for (int t = 0; t < codes.Columns; t++)
                codes[row, t] = (row * 5 + t) % embeddings.Tables[t].Categories;
        }

        return codes;
    }

    public static OnnxModel<T> Model<T>(Network network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(null, null, Parameters<T>(network), SmallModels.NoMetadata);

    static double Number(ref uint state)
    {
        state = state * 1664525 + 1013904223;
        return state / (double)uint.MaxValue * 2 - 1;
    }
}
