using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>
/// A factor for some tensors of a network, by name (<c>bias</c>) or by layer and name (<c>layer1.weights</c>), which counts where
/// both are there.
/// </summary>
public sealed class TensorFactors : IEquatable<TensorFactors>
{
    const int MostNames = 20;

    /// <summary>Factors of tensors.</summary>
    /// <param name="factors">What a tensor is called, and its factor, 0 or more.</param>
    /// <exception cref="ArgumentException">A factor is below 0 or no number, or a tensor is there twice.</exception>
    public TensorFactors(params IEnumerable<(string Tensor, double Factor)> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        var sorted = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach ((string tensor, double factor) in factors)
        {
            if (!double.IsFinite(factor) || factor < 0)
                throw new ArgumentException(
                    $"The factor of {tensor} must be 0 or a positive number, not {ShortNumber.Text(factor)}.");
            if (!sorted.TryAdd(tensor, factor))
                throw new ArgumentException($"There are two factors of {tensor}.");
        }

        Factors = sorted.ToImmutable();
    }

    /// <summary>No factors.</summary>
    public static TensorFactors None { get; } = new();

    /// <summary>The factors, by what the tensors are called.</summary>
    public ImmutableSortedDictionary<string, double> Factors { get; }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Factors.IsEmpty;

    /// <inheritdoc/>
    public bool Equals(TensorFactors? other) => other is not null && Factors.SequenceEqual(other.Factors);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TensorFactors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Factors.Count, Factors.Values.FirstOrDefault());

    /// <summary>The factors as the command line writes them: <c>bias=0.1,layer1.weights=0.5</c>.</summary>
    public override string ToString() => string.Join(',', Factors.Select(pair => $"{pair.Key}={ShortNumber.Text(pair.Value)}"));

    /// <summary>The factor of a tensor, or null.</summary>
    internal double? Of(Tensor tensor) =>
        Factors.TryGetValue(tensor.ToString(), out double factor) || Factors.TryGetValue(tensor.Name, out factor) ? factor : null;

    /// <summary>Refuses names of tensors that training does not update.</summary>
    /// <param name="network">The network that is trained.</param>
    /// <param name="what">What the factors are of, for messages.</param>
    /// <exception cref="ArgumentException">There is no such tensor; the message names those that there are.</exception>
    internal void ThrowUnlessKnown(Network network, string what)
    {
        if (IsEmpty)
            return;
        Tensor[] updated = [.. network.Layout.Tensors.Where(tensor => tensor.Role != TensorRole.Statistic)];
        string[] known =
        [
            .. updated.Select(tensor => tensor.Name).Distinct(StringComparer.Ordinal),
            .. updated.Select(tensor => tensor.ToString()),
        ];
        if (Factors.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.Ordinal)) is not { } unknown)
            return;
        string meant = NearestWord.Find(unknown, known) is { } near ? $"; did you mean {near}?" : ".";
        throw new ArgumentException(
            $"There is no tensor '{unknown}' for a {what}{meant} There are {string.Join(", ", known.Take(MostNames))}"
            + (known.Length > MostNames ? $" and {known.Length - MostNames} more." : "."));
    }
}
