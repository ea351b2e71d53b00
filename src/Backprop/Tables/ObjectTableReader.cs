using System.Collections;
using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace Backprop;

/// <summary>From rows of somebody's own type to a table.</summary>
static class ObjectTableReader
{
    /// <summary>Reads rows: dictionaries and data rows by their keys, others by their public properties and fields.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="source">What to call them in messages; null for what they are a list of.</param>
    public static Table Read<[DynamicallyAccessedMembers(RowMember.Needed)] T>(IEnumerable<T> rows, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (KeyedRow.MayBe(typeof(T)))
            return KeyedTableReader.Read(rows, source ?? "the list of rows");
        ThrowUnlessRow(typeof(T));
        source ??= typeof(T).Name.StartsWith('<') ? "the list of rows" : $"the list of {typeof(T).Name}";
        RowMember[] members = RowMember.Of(typeof(T));
        TypedCells[] cells = Array.ConvertAll(
            members, member => new TypedCells(source, member.Column, member.Type, members.Length));

        int count = 0;
        foreach (T row in rows)
        {
            count = checked(count + 1);
            if (row is null)
                throw new BackpropException($"{source}, row {count}: the row is null.");
            for (int i = 0; i < cells.Length; i++)
                cells[i].Add(members[i].Read(row), count);
        }

        return new Table(source, count, cells.Select(column => column.Finish(count))) { HasLooseNames = true };
    }

    /// <summary>Refuses what is no row but a cell, or what is many rows.</summary>
    static void ThrowUnlessRow(Type type)
    {
        if (type == typeof(char) || type == typeof(string))
            throw new BackpropException("A text is no row of a table; a file is read by Table.ReadCsv(path).");
        if (type.IsPrimitive || type.IsEnum || type == typeof(decimal))
            throw new BackpropException($"A value of the type {type.Name} is no row of a table: a row has named cells.");
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            throw new BackpropException(
                "A pair of a dictionary is no row of a table; the whole dictionary is one row, [dictionary] a list of one.");
        if (typeof(IDataReader).IsAssignableFrom(type) || typeof(DataTable).IsAssignableFrom(type))
            throw new BackpropException($"A {type.Name} is no row but many; take Table.From of it.");
        if (typeof(IEnumerable).IsAssignableFrom(type))
            throw new BackpropException($"A {type.Name} is no row of a table but a list, of a type that it does not say.");
    }
}
