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

    Initializer(InitializerKind kind, string name, double parameter = 0) =>
        (_kind, Name, _parameter) = (kind, name, parameter);

    /// <summary>The name with its parameters, as recipes write it: <c>he-normal</c>, <c>uniform:range=0.05</c>.</summary>
    public string Name { get; }

    /// <summary>New parameters of a network: weights of this distribution, biases 0.</summary>
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

    /// <summary>Gives one layer its first weights, W [in, out], and sets its biases to 0.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="parameters">The parameters to write to.</param>
    /// <param name="layer">The layer, counted from 0.</param>
    /// <param name="seed">The seed that all random numbers of a training follow from.</param>
    public void Fill<T>(Parameters<T> parameters, int layer, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool Equals(Initializer? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Initializer);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
