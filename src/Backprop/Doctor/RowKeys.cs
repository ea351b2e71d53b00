namespace Backprop;

/// <summary>One number for each row, the same for rows of the same cells, in this table or another.</summary>
static class RowKeys
{
    const ulong Multiplier = 0x9E3779B97F4A7C15;

    public static ulong[] Of(Table table, IEnumerable<string> columns, int[] rows)
    {
        var keys = new ulong[rows.Length];
        var numbers = new double[rows.Length];
        foreach (Column column in columns.Select(name => table[name]))
        {
            if (column.Kind is ColumnKind.Category or ColumnKind.YesNo)
            {
                ulong[] texts = [.. column.Categories.Select(KeyOf)];
                var codes = new int[rows.Length];
                column.CopyCategories(rows, codes);
                for (int i = 0; i < rows.Length; i++)
                    Mix(ref keys[i], codes[i] >= 0 ? texts[codes[i]] : 1);
            }
            else
            {
                column.CopyNumbers(rows, numbers);
                for (int i = 0; i < rows.Length; i++)
                    Mix(ref keys[i], double.IsNaN(numbers[i]) ? 1 : BitConverter.DoubleToUInt64Bits(numbers[i] + 0.0));
            }
        }

        return keys;
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
