using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Backprop;

/// <summary>From rows of somebody's own type to a table.</summary>
static class ObjectTableReader
{
    public static Table Read<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string source = $"the list of {typeof(T).Name}";
        PropertyInfo[] properties =
        [
            .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(static property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0),
        ];
        if (properties.Length == 0)
        {
            throw new BackpropException(
                $"The type {typeof(T).Name} has no public property to read; its properties are the columns.");
        }

        TypedCells[] cells = Array.ConvertAll(
            properties, property => new TypedCells(source, property.Name, property.PropertyType, properties.Length));

        int count = 0;
        foreach (T row in rows)
        {
            count = checked(count + 1);
            if (row is null)
                throw new BackpropException($"{source}, row {count}: the row is null.");
            for (int i = 0; i < cells.Length; i++)
                cells[i].Add(properties[i].GetValue(row), count);
        }

        return count == 0
            ? throw new BackpropException($"{source} has no rows.")
            : new Table(source, count, cells.Select(static column => column.Finish()));
    }
}
