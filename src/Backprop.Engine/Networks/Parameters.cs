using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;

namespace Backprop.Engine;

/// <summary>
/// The numbers of a network: every W [in, out] and b [out], as views into one buffer. Gradients and an optimizer's
/// moments have the same layout, so an update is one pass over buffers side by side.
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
        long size = 0;
        for (int k = 0; k < network.Layers.Length; k++)
        {
            int stride = Matrix<T>.StrideOf(network.Layers[k].Width);
            size += ((long)network.InputsOf(k) + (network.Layers[k].HasBias ? 1 : 0)) * stride;
        }

        (T[] storage, int offset) = AlignedStorage.Allocate<T>(size);
        Buffer = new Memory<T>(storage, offset, (int)size);
        var weights = ImmutableArray.CreateBuilder<Matrix<T>>();
        var biases = ImmutableArray.CreateBuilder<Matrix<T>?>();
        for (int k = 0; k < network.Layers.Length; k++)
        {
            int width = network.Layers[k].Width;
            int stride = Matrix<T>.StrideOf(width);
            weights.Add(new Matrix<T>(storage, offset, network.InputsOf(k), width, stride));
            offset += network.InputsOf(k) * stride;
            biases.Add(network.Layers[k].HasBias ? new Matrix<T>(storage, offset, 1, width, stride) : null);
            offset += network.Layers[k].HasBias ? stride : 0;
        }

        (Weights, Biases) = (weights.ToImmutable(), biases.ToImmutable());
    }

    /// <summary>The network whose parameters these are.</summary>
    public Network Network { get; }

    /// <summary>W [in, out] of each layer.</summary>
    public ImmutableArray<Matrix<T>> Weights { get; }

    /// <summary>b [1, out] of each layer, or null where a layer has none.</summary>
    public ImmutableArray<Matrix<T>?> Biases { get; }

    /// <summary>Everything with its padding, layer after layer: W's rows, then b. Padding is 0 and must stay 0.</summary>
    internal Memory<T> Buffer { get; }

    /// <summary>Copies every number from parameters of an equal network.</summary>
    /// <exception cref="ArgumentException">The other network has another shape.</exception>
    public void CopyFrom(Parameters<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Buffer.Length != other.Buffer.Length || !Network.Equals(other.Network))
            throw new ArgumentException($"Parameters of {other.Network} do not fit {Network}.", nameof(other));

        other.Buffer.CopyTo(Buffer);
    }

    /// <summary>Sets every number to 0.</summary>
    public void Clear() => Buffer.Span.Clear();

    /// <summary>
    /// The parameter hash: SHA-256, in lower-case hexadecimal, over every weight and bias in logical order (layer by
    /// layer, W row by row, then b), little-endian, without padding.
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
        for (int k = 0; k < Weights.Length; k++)
        {
            for (int row = 0; row < Weights[k].Rows; row++)
                LittleEndian.Append(hash, Weights[k][row]);

            if (Biases[k] is { } bias)
                LittleEndian.Append(hash, bias[0]);
        }
    }
}
