namespace Backprop;

/// <summary>
/// What is wrong with a cell, found where nobody knows of what table it is: whoever does puts the line of the file into the
/// sentence.
/// </summary>
static class CellFault
{
    /// <summary>The exception of a row, counted from 0.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sentence">The sentence, made of words such as "data row 3".</param>
    public static BackpropException Of(int row, Func<string, string> sentence) =>
        new(sentence($"data row {row + 1}")) { Cell = (row, sentence) };

    /// <summary>Does what may find such a cell in a table.</summary>
    public static T In<T>(Table table, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BackpropException fault) when (fault.Cell is not null)
        {
            throw In(table, fault);
        }
    }

    /// <summary>The same exception with the line of the file, where the table has such.</summary>
    public static BackpropException In(Table table, BackpropException fault) =>
        fault.Cell is var (row, sentence) && table.Lines is not null
            ? new BackpropException(sentence($"{table.Place(row)} of {table.Source}"), fault)
            : fault;
}
