using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
            return $"{what} had {Counted.Of(Rows, "row")}, and these have {here.Rows:N0}";
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
            column.CopyCategories(start, codes);
            for (int i = 0; i < codes.Length; i++)
            {
                int category = codes[i];
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
            bool isNarrow = Narrow(cells, narrow);
            HashText.Append(hash, isNarrow ? sizeof(float) : sizeof(double));
            if (isNarrow)
                LittleEndian.Append<float>(hash, narrow[..cells.Length]);
            else
                LittleEndian.Append<double>(hash, cells);
        }
    }

    /// <summary>Rounds to single precision, and says whether that changes no number. Missing cells become all the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool Narrow(Span<double> cells, Span<float> narrow)
    {
        int i = 0;
        Vector256<double> missing = Vector256.Create(double.NaN), differences = default;
        for (; i <= cells.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Span<double> lows = cells[i..], highs = cells[(i + Vector256<double>.Count)..];
            Vector256<double> low = Vector256.Create<double>(lows), high = Vector256.Create<double>(highs);
            Vector256<double> isLow = Vector256.Equals(low, low), isHigh = Vector256.Equals(high, high);
            (low, high) = (Vector256.ConditionalSelect(isLow, low, missing), Vector256.ConditionalSelect(isHigh, high, missing));
            Vector256<float> both = Vector256.Narrow(low, high);
            (Vector256<double> lowAgain, Vector256<double> highAgain) = Vector256.Widen(both);
            differences |= Vector256.AndNot(isLow, Vector256.Equals(low, lowAgain));
            differences |= Vector256.AndNot(isHigh, Vector256.Equals(high, highAgain));
            low.CopyTo(lows);
            high.CopyTo(highs);
            both.CopyTo(narrow[i..]);
        }

        bool isNarrow = Vector256.EqualsAll(differences.AsInt64(), Vector256<long>.Zero);
        for (; i < cells.Length; i++)
        {
            cells[i] = double.IsNaN(cells[i]) ? double.NaN : cells[i];
            narrow[i] = (float)cells[i];
            isNarrow &= double.IsNaN(cells[i]) || narrow[i] == cells[i];
        }

        return isNarrow;
    }
}
