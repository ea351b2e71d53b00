namespace Backprop;

/// <summary>One number for each row, the same for rows of the same cells, in this table or another.</summary>
static class RowKeys
{
    const int Block = 1024;
    const ulong Multiplier = 0x9E3779B97F4A7C15;

    public static ulong[] Of(Table table, IEnumerable<string> columns, int[] rows)
    {
        var keys = new ulong[rows.Length];
        foreach (Column column in columns.Select(name => table[name]))
        {
            ulong[] texts = [.. column.Categories.Select(KeyOf)];
            for (int start = 0; start < rows.Length; start += Block)
            {
                Range some = start..Math.Min(start + Block, rows.Length);
                if (column.Kind is ColumnKind.Category or ColumnKind.YesNo)
                    MixTexts(column, texts, rows.AsSpan(some), keys.AsSpan(some));
                else
                    MixNumbers(column, rows.AsSpan(some), keys.AsSpan(some));
            }
        }

        return keys;
    }

    static void MixTexts(Column column, ulong[] texts, ReadOnlySpan<int> rows, Span<ulong> keys)
    {
        Span<int> codes = stackalloc int[Block];
        column.CopyCategories(rows, codes);
        for (int i = 0; i < keys.Length; i++)
            Mix(ref keys[i], codes[i] >= 0 ? texts[codes[i]] : 1);
    }

    static void MixNumbers(Column column, ReadOnlySpan<int> rows, Span<ulong> keys)
    {
        Span<double> numbers = stackalloc double[Block];
        column.CopyNumbers(rows, numbers);
        for (int i = 0; i < keys.Length; i++)
            Mix(ref keys[i], double.IsNaN(numbers[i]) ? 1 : BitConverter.DoubleToUInt64Bits(numbers[i] + 0.0));
    }

    static ulong KeyOf(string text)
    {
        ulong key = (ulong)text.Length;
        foreach (char letter in text)
            Mix(ref key, letter);
        return key;
    }

    static void Mix(ref ulong key, ulong cell)
    {
        key = (key ^ cell) * Multiplier;
        key ^= key >> 29;
    }
}
