using System.Globalization;
using System.Text.Json;

namespace Backprop;

/// <summary>The cells of a column of which no type is known before the last: it is found out from all of them.</summary>
sealed class UntypedCells(string source, string name)
{
    readonly List<object?> _cells = [];

    /// <summary>Takes the cell of a row; rows in between have none.</summary>
    /// <returns>Whether the row had none yet.</returns>
    public bool TryAdd(object? cell, int row)
    {
        if (_cells.Count > row)
            return false;
        while (_cells.Count < row)
            _cells.Add(null);
        _cells.Add(Plain(cell));
        return true;
    }

    /// <summary>The column, after the last row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The number of columns of the table.</param>
    public Column Finish(int rows, int columns)
    {
        while (_cells.Count < rows)
            _cells.Add(null);
        Type[] types = [.. _cells.OfType<object>().Select(cell => cell.GetType()).Distinct()];
        if (types.FirstOrDefault(type => TypedCells.FormOf(type) is CellForm.Other or CellForm.Any) is { } odd)
            return Unused(odd, columns);

        Type common = CommonType(types);
        var typed = new TypedCells(source, name, common, columns);
        for (int row = 0; row < rows; row++)
            typed.Add(common == typeof(string) ? Text(_cells[row]) : _cells[row], row + 1);
        return typed.Finish(rows);
    }

    Column Unused(Type odd, int columns)
    {
        var builder = new ColumnBuilder(name, columns);
        builder.Forget();
        foreach (object? cell in _cells)
        {
            if (cell is null)
                builder.AddMissing();
            else
                builder.AddText("");
        }

        return builder.FinishUnused(ColumnKind.Text, TypedCells.ReasonFor(odd), texts: null);
    }

    /// <summary>What JSON says, and null for what says that nothing is there.</summary>
    static object? Plain(object? cell) => cell switch
    {
        DBNull => null,
        JsonElement json => json.ValueKind switch
        {
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.String => json.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => json,
        },
        _ => cell,
    };

    /// <summary>Numbers where all are, yes/no where all are, texts where they are mixed.</summary>
    static Type CommonType(Type[] types)
    {
        if (types.All(type => TypedCells.FormOf(type) == CellForm.Number))
            return typeof(double);
        return types is [var only] ? only : typeof(string);
    }

    static string? Text(object? cell) => cell is IFormattable formattable
        ? formattable.ToString(null, CultureInfo.InvariantCulture)
        : cell?.ToString();
}
