using System.Data;

namespace Backprop;

/// <summary>From the rows of a query to a table.</summary>
static class DataReaderTableReader
{
    public static Table Read(IDataReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var cells = new TypedCells[reader.FieldCount];
        if (cells.Length == 0)
            throw new BackpropException($"{source} has no columns.");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < cells.Length; i++)
        {
            string name = reader.GetName(i).Trim();
            if (name.Length == 0)
                throw new BackpropException($"{source}: column {i + 1} has no name; give it one (SELECT … AS name).");
            if (!places.TryAdd(name, i + 1))
            {
                throw new BackpropException(
                    $"{source}: columns {places[name]} and {i + 1} are both named '{name}'; rename one (SELECT … AS name).");
            }

            cells[i] = new TypedCells(source, name, reader.GetFieldType(i), cells.Length);
        }

        int rows = 0;
        while (reader.Read())
        {
            rows = checked(rows + 1);
            for (int i = 0; i < cells.Length; i++)
                cells[i].Add(reader.GetValue(i), rows);
        }

        return new Table(source, rows, cells.Select(column => column.Finish(rows))) { HasLooseNames = true };
    }
}
