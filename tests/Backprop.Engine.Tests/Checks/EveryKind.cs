using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine.Tests;

/// <summary>Small networks that have every kind of layer, in the places where it can stand.</summary>
static class EveryKind
{
    static readonly Layer s_hidden = new Dense(6, Activation.Tanh);

    static readonly Layer s_last = new Dense(3, Activation.Linear);

    static readonly Embed s_embed = new(new EmbedTable(4, 2), new EmbedTable(3, 3));

    public static ImmutableArray<(string Name, Network Network)> Networks { get; } =
    [
        ("factors at both ends", new Network(5, [new Scale(), s_hidden, new Scale(), s_last, new Scale()])),
        ("rows normalised",
            new Network(5, [new LayerNorm(), s_hidden, new LayerNorm(0.1), new Dense(4, Activation.Gelu), s_last])),
        ("rows normalised last", new Network(5, [s_hidden, s_last, new LayerNorm(), new Softmax()])),
        ("columns normalised", new Network(5, [new BatchNorm(), s_hidden, new BatchNorm(0.3, 0.01), s_last])),
        ("columns normalised last",
            new Network(5, [new Dense(6, Activation.Softplus, bias: false), s_last, new BatchNorm(), new Softmax()])),
        ("columns normalised before relu", new Network(5, [s_hidden, new BatchNorm(), new Dense(4, Activation.Relu), s_last])),
        ("embedded", new Network(2, [s_embed, s_hidden, s_last])),
        ("embedded alone, then normalised",
            new Network(0, [s_embed, new BatchNorm(), s_hidden, new Dropout(0.5), s_last, new Softmax()])),
        (
            "everything", new Network(
                2,
                [
                    s_embed, new Scale(), s_hidden, new BatchNorm(), new Dense(5, Activation.Silu), new LayerNorm(), s_last,
                    new Softmax(),
                ])
        ),
        ("dense", new Network(5, [s_hidden, new Dropout(0.2), s_last])),
    ];

    public static Network Of(string name) => Networks.Single(each => each.Name == name).Network;

    /// <summary>Weights of a usual size, factors and variances about 1, and nothing that is 0.</summary>
    public static Parameters<T> Parameters<T>(Network network, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(network);
        int index = 0;
        for (int i = 0; i < parameters.Tensors.Length; i++)
        {
            Tensor tensor = network.Layout.Tensors[i];
            bool isAboutOne = tensor.Role == TensorRole.Factor || tensor.Name == TensorShape.Variance;
            double scale = tensor.Role == TensorRole.Weight ? Math.Sqrt(3.0 / tensor.Rows) : 0.4;
            for (int r = 0; r < tensor.Rows; r++)
            {
                for (int c = 0; c < tensor.Columns; c++)
                    parameters.Tensors[i][r, c] = T.CreateChecked((isAboutOne ? 1 : 0) + scale * Sample.Number(seed, index++));
            }
        }

        return parameters;
    }

    /// <summary>Rows with weights, some of which are 0.</summary>
    public static Examples<T> Rows<T>(Network network, int rows, bool weighted = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var codes = new CodeMatrix(rows, network.Codes);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < network.Codes; column++)
                codes[row, column] = (row * 5 + column * 7 + row / 3) % s_embed.Tables[column].Categories;
        }

        return new Examples<T>(
            Sample.Matrix<T>(rows, network.Inputs, 100), Sample.Matrix<T>(rows, network.Outputs, 101, 0.5, 0.5),
            weighted ? Sample.Weights(rows, 102) : null, network.Codes == 0 ? null : codes);
    }

    public static Loss LossOf(Network network) => network.HasSoftmax ? Loss.SoftmaxCrossEntropy(0.1) : Loss.Squared;
}
