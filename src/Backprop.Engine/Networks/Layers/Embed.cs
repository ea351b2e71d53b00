using System.Collections.Immutable;
using System.Globalization;

namespace Backprop.Engine;

/// <summary>
/// Embeddings (Bengio et al. 2003; Guo, Berkhahn 2016 for categories of tables): for each input that is a code, the trained row
/// of a table. The rows of all tables stand behind the numbers that flow in: [x, T¹[c₁], T²[c₂], …].
/// </summary>
public sealed record Embed : Layer
{
    /// <summary>Embeddings of the network's codes.</summary>
    /// <param name="tables">One table for each code, in their order.</param>
    /// <exception cref="ArgumentException">There is no table, or one is empty or too large.</exception>
    public Embed(params IEnumerable<EmbedTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        Tables = [.. tables];
        if (Tables.IsEmpty)
            throw new ArgumentException("Embeddings need at least one table.", nameof(tables));
        if (Tables.Any(
            table => table.Categories is < 1 or > Network.MaximumWidth || table.Width is < 1 or > Network.MaximumWidth))
        {
            throw new ArgumentException($"A table has 1 to {Network.MaximumWidth} categories and columns.", nameof(tables));
        }
    }

    /// <summary>The tables, in the order of the codes.</summary>
    public ImmutableArray<EmbedTable> Tables { get; }

    /// <summary>The numbers, and behind them the tables' rows.</summary>
    public override int OutputsFor(int inputs) => checked(inputs + Tables.Sum(table => table.Width));

    /// <inheritdoc/>
    public bool Equals(Embed? other) => other is not null && Tables.SequenceEqual(other.Tables);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tables.Length, Tables[0]);

    /// <summary>The layer with its tables: <c>embed(7*3, 12*4)</c>.</summary>
    public override string ToString() => $"embed({string.Join(", ", Tables)})";

    /// <summary>Refuses codes that a table has no row for.</summary>
    /// <param name="codes">The codes of a row.</param>
    /// <param name="row">Which row it is, for the message.</param>
    /// <exception cref="ArgumentException">There are more or fewer than tables, or one is out of range.</exception>
    internal void ThrowUnlessFits(ReadOnlySpan<int> codes, int row)
    {
        if (codes.Length != Tables.Length)
            throw WrongCount(codes.Length, Tables.Length);
        for (int t = 0; t < codes.Length; t++)
        {
            if ((uint)codes[t] >= (uint)Tables[t].Categories)
            {
                string categories = Counted.Of(Tables[t].Categories, "category", "categories");
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Row {row} has the code {codes[t]} in column {t}, whose table has {categories}."));
            }
        }
    }

    /// <summary>The refusal of rows that have another number of codes than a network.</summary>
    internal static ArgumentException WrongCount(int codes, int tables) =>
        new($"The rows have {Counted.Of(codes, "code")}, but the network takes {Counted.Of(tables, "code")}.");

    internal override IEnumerable<TensorShape> TensorsFor(int inputs) => Tables.Select((table, i) => new TensorShape(
        string.Create(CultureInfo.InvariantCulture, $"table{i + 1}"), TensorRole.Weight, table.Categories, table.Width,
        TensorStart.Normal(1)));
}
