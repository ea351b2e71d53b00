namespace Backprop;

/// <summary>
/// From dictionaries or data rows to a table: a key is a column, and a row without it has a missing cell there.
/// </summary>
static class KeyedTableReader
{
    public static Table Read<T>(IEnumerable<T> rows, string source)
    {
        var columns = new Dictionary<string, UntypedCells>(StringComparer.Ordinal);
        var order = new List<UntypedCells>();
        int count = 0;
        foreach (T row in rows)
        {
            IEnumerable<KeyValuePair<string, object?>> cells = row is null
                ? throw new BackpropException($"{source}, row {count + 1}: the row is null.")
                : KeyedRow.Cells(row) ?? throw new BackpropException(
                    $"{source}, row {count + 1}: {row.GetType().Name} given as {typeof(T).Name} does not say its columns; give "
                    + "it as what it is.");
            foreach ((string key, object? cell) in cells)
            {
                string name = key.Trim();
                if (name.Length == 0)
                    throw new BackpropException($"{source}, row {count + 1}: a cell has no name.");
                if (!columns.TryGetValue(name, out UntypedCells? column))
                {
                    column = new UntypedCells(source, name);
                    columns.Add(name, column);
                    order.Add(column);
                }

                if (!column.TryAdd(cell, count))
                    throw new BackpropException($"{source}, row {count + 1}: two cells are named '{name}'.");
            }

            count = checked(count + 1);
        }

        return new Table(source, count, order.Select(column => column.Finish(count, order.Count))) { HasLooseNames = true };
    }
}
