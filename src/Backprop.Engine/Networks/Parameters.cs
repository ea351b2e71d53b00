using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;

namespace Backprop.Engine;

/// <summary>
/// The numbers of a network: its tensors, such as W [in, out] and b [1, out] of a dense layer, as views into one buffer.
/// Gradients and an optimizer's moments have the same <see cref="Layout"/>.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Parameters of zeros.</summary>
    /// <param name="network">The network whose parameters they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not fit into one array.</exception>
    public Parameters(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        (T[] storage, int offset) = AlignedStorage.Allocate<T>(network.Layout.Length);
        Buffer = new Memory<T>(storage, offset, (int)network.Layout.Length);
        Tensors = [.. network.Layout.Tensors.Select(tensor => new Matrix<T>(
            storage, offset + (int)tensor.Offset, tensor.Rows, tensor.Columns, tensor.Stride))];
        ImmutableArray<int>[] dense =
            [.. Enumerable.Range(0, network.Layers.Length).Where(k => network.Layers[k] is Dense).Select(network.Layout.Of)];
        Weights = [.. dense.Select(tensors => Tensors[tensors[0]])];
        Biases = [.. dense.Select(tensors => tensors is [_, var bias] ? Tensors[bias] : null)];
    }

    Parameters(Network network, Parameters<T> numbers)
    {
        (Network, Buffer, Tensors) = (network, numbers.Buffer, numbers.Tensors);
        (Weights, Biases) = (numbers.Weights, numbers.Biases);
    }

    /// <summary>The network whose parameters these are.</summary>
    public Network Network { get; }

    /// <summary>The tensors, in the order of the network's <see cref="Layout"/>.</summary>
    public ImmutableArray<Matrix<T>> Tensors { get; }

    /// <summary>W [in, out] of each dense layer, in order.</summary>
    public ImmutableArray<Matrix<T>> Weights { get; }

    /// <summary>b [1, out] of each dense layer, or null where one has none.</summary>
    public ImmutableArray<Matrix<T>?> Biases { get; }

    /// <summary>Everything with its padding, tensor after tensor. Padding is 0 and must stay 0.</summary>
    internal Memory<T> Buffer { get; }

    /// <summary>The same numbers (not a copy) as those of a network that has the same tensors.</summary>
    /// <exception cref="ArgumentException">The network has other tensors.</exception>
    public Parameters<T> As(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!network.Layout.Equals(Network.Layout))
            throw new ArgumentException($"Parameters of {Network} do not fit {network}.", nameof(network));
        return new Parameters<T>(network, this);
    }

    /// <summary>Copies every number from parameters of a network that has the same tensors.</summary>
    /// <exception cref="ArgumentException">The other network has other tensors.</exception>
    public void CopyFrom(Parameters<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ReferenceEquals(Network, other.Network) && !Network.Layout.Equals(other.Network.Layout))
            throw new ArgumentException($"Parameters of {other.Network} do not fit {Network}.", nameof(other));

        other.Buffer.CopyTo(Buffer);
    }

    /// <summary>Sets every number to 0.</summary>
    public void Clear() => Buffer.Span.Clear();

    /// <summary>
    /// The parameter hash: SHA-256, in lower-case hexadecimal, over every number in logical order (layer by
    /// layer, tensor by tensor, row by row: W, then b), little-endian, without padding.
    /// </summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendTo(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Adds the numbers, in logical order, to a hash that covers more than them.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="hash"/> is null.</exception>
    public void AppendTo(IncrementalHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        foreach (Matrix<T> tensor in Tensors)
        {
            for (int row = 0; row < tensor.Rows; row++)
                LittleEndian.Append(hash, tensor[row]);
        }
    }
}
