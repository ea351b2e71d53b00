using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// The cells of a table that a training reads, as a hash: decoded cells in order, not bytes of a file, so that the same data
/// in another format, order of columns or compression are the same.
/// </summary>
sealed record TableHash
{
    /// <summary>Cells at a time.</summary>
    const int Block = 4096;

    /// <summary>So many characters tell which column differs; the whole table's hash has them all.</summary>
    const int ColumnCharacters = 16;

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>SHA-256 over the columns' hashes, in the order of the columns.</summary>
    public required string Hash { get; init; }

    /// <summary>The beginning of each column's hash, by its name.</summary>
    public required ImmutableSortedDictionary<string, string> Columns { get; init; }

    /// <summary>Hashes columns of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that count, in the order that counts.</param>
    public static TableHash Of(Table table, IEnumerable<string> columns)
    {
        var byName = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in columns)
        {
            byte[] hash = Of(table[name]);
            all.AppendData(hash);
            byName[name] = Convert.ToHexStringLower(hash)[..ColumnCharacters];
        }

        return new TableHash
        {
            Rows = table.RowCount,
            Hash = Convert.ToHexStringLower(all.GetHashAndReset()),
            Columns = byName.ToImmutable(),
        };
    }

    /// <summary>What is different in another table, as a sentence's end; null where nothing is.</summary>
    /// <param name="here">The other table.</param>
    /// <param name="what">What to call the tables, such as "the training data".</param>
    public string? Difference(TableHash here, string what)
    {
        if (Rows != here.Rows)
            return $"{what} had {Rows} rows, and these have {here.Rows}";
        foreach ((string name, string hash) in Columns)
        {
            if (!here.Columns.TryGetValue(name, out string? other))
                return $"{what} had a column '{name}', which these do not use";
            if (hash != other)
                return $"the column '{name}' of {what} has other cells";
        }

        if (here.Columns.Keys.FirstOrDefault(name => !Columns.ContainsKey(name)) is { } more)
            return $"the column '{more}' of {what} was not used";
        return Hash == here.Hash ? null : $"{what} have other cells, or their columns another order";
    }

    static byte[] Of(Column column)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        HashText.Append(hash, column.Name);
        HashText.Append(hash, column.Count);
        if (column.Kind is ColumnKind.Category or ColumnKind.YesNo)
            AppendTexts(hash, column);
        else
            AppendNumbers(hash, column);
        return hash.GetHashAndReset();
    }

    /// <summary>The different texts in the order of their first rows, then each row's place among them.</summary>
    static void AppendTexts(IncrementalHash hash, Column column)
    {
        var places = new int[column.Categories.Count];
        var texts = new List<string>();
        Span<int> block = stackalloc int[Block];
        for (int start = 0; start < column.Count; start += Block)
        {
            Span<int> codes = block[..Math.Min(Block, column.Count - start)];
            for (int i = 0; i < codes.Length; i++)
            {
                int category = column.Category(start + i);
                if (category >= 0 && places[category] == 0)
                {
                    texts.Add(column.Categories[category]);
                    places[category] = texts.Count;
                }

                codes[i] = category < 0 ? 0 : places[category];
                if (!BitConverter.IsLittleEndian)
                    codes[i] = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(codes[i]);
            }

            hash.AppendData(MemoryMarshal.AsBytes(codes));
        }

        HashText.Append(hash, [.. texts]);
    }

    /// <summary>Blocks of numbers, each in single precision where that says them exactly: half the bytes to hash.</summary>
    static void AppendNumbers(IncrementalHash hash, Column column)
    {
        Span<double> numbers = stackalloc double[Block];
        Span<float> narrow = stackalloc float[Block];
        for (int start = 0; start < column.Count; start += Block)
        {
            Span<double> cells = numbers[..Math.Min(Block, column.Count - start)];
            column.CopyNumbers(start, cells);
            bool isNarrow = true;
            for (int i = 0; i < cells.Length; i++)
            {
                // Every missing cell is the same.
                if (double.IsNaN(cells[i]))
                    cells[i] = double.NaN;
                narrow[i] = (float)cells[i];
                isNarrow &= double.IsNaN(cells[i]) || narrow[i] == cells[i];
            }

            HashText.Append(hash, isNarrow ? sizeof(float) : sizeof(double));
            if (isNarrow)
                LittleEndian.Append<float>(hash, narrow[..cells.Length]);
            else
                LittleEndian.Append<double>(hash, cells);
        }
    }
}
