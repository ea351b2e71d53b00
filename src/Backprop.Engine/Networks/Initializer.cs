using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// How weights begin, by name. Every weight is a function of (seed, layer, its logical index) and of nothing else,
/// computed in double and rounded once; biases begin at 0. Initializers of the same name are equal.
/// </summary>
public sealed partial class Initializer : IEquatable<Initializer>
{
    readonly InitializerKind _kind;

    // The range of uniform, the deviation of normal, the gain of orthogonal.
    readonly double _parameter;

    Initializer(InitializerKind kind, string name) => (_kind, Named) = (kind, new Named(name));

    Initializer(InitializerKind kind, string name, string key, double parameter) =>
        (_kind, Named, _parameter) = (kind, new Named(name, (key, parameter)), parameter);

    /// <summary>The name with its parameters, as recipes write it: <c>he-normal</c>, <c>uniform:range=0.05</c>.</summary>
    public string Name => Named.ToString();

    /// <summary>The name and the parameter's number.</summary>
    public Named Named { get; }

    /// <summary>New parameters of a network: weights of this distribution, biases 0, factors 1.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="seed">The seed that all random numbers of a training follow from.</param>
    public Parameters<T> Create<T>(Network network, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(network);
        for (int layer = 0; layer < network.Layers.Length; layer++)
            Fill(parameters, layer, seed);

        return parameters;
    }

    /// <summary>Gives one layer its first numbers: weights of this distribution, biases 0, factors 1.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="parameters">The parameters to write to.</param>
    /// <param name="layer">The layer, counted from 0.</param>
    /// <param name="seed">The seed that all random numbers of a training follow from.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public void Fill<T>(Parameters<T> parameters, int layer, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, parameters.Network.Layers.Length);
        long drawn = 0;
        foreach (int index in parameters.Network.Layout.Of(layer))
        {
            Tensor tensor = parameters.Network.Layout.Tensors[index];
            Fill(parameters.Tensors[index], tensor, seed, (ulong)drawn);
            drawn += tensor.Start.Constant is null ? tensor.Count : 0;
        }
    }

    void Fill<T>(Matrix<T> numbers, Tensor tensor, ulong seed, ulong first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        uint stream = (uint)tensor.Number - 1;
        if (tensor.Start.Constant is { } start)
        {
            for (int i = 0; i < numbers.Rows; i++)
                numbers[i].Fill(Rounding.To<T>(start));
        }
        else if (tensor.Start.Deviation is { } deviation)
        {
            for (int i = 0; i < numbers.Rows; i++)
            {
                for (int j = 0; j < numbers.Columns; j++)
                    numbers[i, j] = Rounding.To<T>(
                        Normal(deviation, seed, stream, first + (ulong)i * (ulong)numbers.Columns + (ulong)j));
            }
        }
        else if (_kind == InitializerKind.Orthogonal)
        {
            OrthogonalMatrix.Fill(numbers, _parameter, seed, stream, LaneWidths.Best);
        }
        else
        {
            for (int i = 0; i < numbers.Rows; i++)
            {
                for (int j = 0; j < numbers.Columns; j++)
                {
                    ulong index = (ulong)i * (ulong)numbers.Columns + (ulong)j;
                    numbers[i, j] = Rounding.To<T>(WeightAt(numbers.Rows, numbers.Columns, seed, stream, index));
                }
            }
        }
    }

    /// <summary>The weight at a logical index i·out + j of a layer with a number of inputs and outputs.</summary>
    double WeightAt(double inputs, double outputs, ulong seed, uint layer, ulong index) => _kind switch
    {
        InitializerKind.GlorotUniform => Uniform(Math.Sqrt(6 / (inputs + outputs)), seed, layer, index),
        InitializerKind.GlorotNormal => Normal(Math.Sqrt(2 / (inputs + outputs)), seed, layer, index),
        InitializerKind.HeUniform => Uniform(Math.Sqrt(6 / inputs), seed, layer, index),
        InitializerKind.HeNormal => Normal(Math.Sqrt(2 / inputs), seed, layer, index),
        InitializerKind.LecunUniform => Uniform(Math.Sqrt(3 / inputs), seed, layer, index),
        InitializerKind.LecunNormal => Normal(Math.Sqrt(1 / inputs), seed, layer, index),
        InitializerKind.Uniform => Uniform(_parameter, seed, layer, index),
        InitializerKind.Normal => Normal(_parameter, seed, layer, index),
        InitializerKind.Zeros => 0,
        _ => throw new NotSupportedException($"{this} has no weights that stand alone."),
    };

    static double Uniform(double range, ulong seed, uint layer, ulong index) =>
        range * (2 * CounterRandom.Uniform(seed, RandomPurpose.InitialWeights, layer, index) - 1);

    static double Normal(double deviation, ulong seed, uint layer, ulong index) =>
        deviation * CounterRandom.Normal(seed, RandomPurpose.InitialWeights, layer, index);

    /// <inheritdoc/>
    public bool Equals(Initializer? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Initializer);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
