using System.Collections.Immutable;

namespace Backprop;

/// <summary>A table as a model's encoder takes it, cell by cell.</summary>
/// <param name="Table">The table.</param>
/// <param name="Unseen">The cells that are such as training never saw, column by column.</param>
sealed record TableMatch(Table Table, ImmutableArray<UnseenCells> Unseen)
{
    /// <summary>The match of a table, which must have the encoder's columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="encoder">What takes it.</param>
    /// <param name="rows">The rows that matter, or null for all.</param>
    /// <exception cref="BackpropException">A column is missing or cannot be taken.</exception>
    public static TableMatch Of(Table table, TableEncoder encoder, int[]? rows = null)
    {
        var unseen = ImmutableArray.CreateBuilder<UnseenCells>();
        var matched = new Dictionary<string, Column>(StringComparer.Ordinal);
        foreach (ColumnEncoder column in encoder.Columns)
        {
            ColumnMatch match = ColumnMatch.Of(table[column.Name], column, rows);
            unseen.AddRange(match.Unseen);
            if (match.Column != table[column.Name])
                matched.Add(column.Name, match.Column);
        }

        return new TableMatch(
            matched.Count == 0 ? table : table.With(column => matched.GetValueOrDefault(column.Name, column)),
            unseen.ToImmutable());
    }
}
