using System.Collections;
using System.Data;

namespace Backprop;

/// <summary>A row that names its cells itself: a dictionary, or a row of a <see cref="DataTable"/>.</summary>
static class KeyedRow
{
    /// <summary>Whether rows of a type name their cells, or may do so though the type does not say it.</summary>
    public static bool MayBe(Type type) => type == typeof(object) || typeof(DataRow).IsAssignableFrom(type)
        || typeof(IDictionary).IsAssignableFrom(type) || typeof(IReadOnlyDictionary<string, object?>).IsAssignableFrom(type)
        || typeof(IDictionary<string, object?>).IsAssignableFrom(type);

    /// <summary>The cells of a row by name; null for a row that is neither dictionary nor data row.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? Cells(object row) => row switch
    {
        DataRow data =>
            data.Table.Columns.Cast<DataColumn>().Select(column => KeyValuePair.Create(column.ColumnName, (object?)data[column])),
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs,
        IDictionary dictionary when dictionary.Keys.Cast<object>().All(key => key is string) => Pairs(dictionary),
        _ => null,
    };

    static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return KeyValuePair.Create((string)entry.Key, entry.Value);
    }
}
