namespace Backprop;

/// <summary>What is said of a column, for <see cref="ColumnNotes"/> and in refusals.</summary>
sealed partial class CsvColumn
{
    /// <summary>
    /// A cell of numbers in a form that was found out, and the number that it was read as; null for plain numbers.
    /// </summary>
    public (NumberFormat Format, string Text, double Value)? Dressed =>
        _isFormFound && _mode == Mode.Numbers && _dressed is var (text, value) ? (_format!, text, value) : null;

    /// <summary>A cell because of which the column was taken for codes; null for others.</summary>
    public string? Code => _findsCodes && _mode == Mode.Texts && IsOfCodes ? Evidence.Code : null;

    /// <summary>Whether it was read as numbers, and some cell is one.</summary>
    public bool AreNumbers => _mode == Mode.Numbers && !IsMissing;

    /// <summary>How many cells are marks such as - among numbers, and were taken for missing.</summary>
    public long Marks => _mode == Mode.Numbers && _infers ? _marks : 0;

    /// <summary>
    /// Its name read as its cells are: a number, NaN where it is none, and null where such a cell would be missing.
    /// </summary>
    public double? NameAsNumber =>
        _context.Missing.Contains(Name) ? null : Syntax(Name, out double value) == NumberSyntax.Finite ? value : double.NaN;

    /// <summary>How many cells NA were taken for missing among codes of two letters, which NA may be.</summary>
    public long MissingPairs => _mode == Mode.Texts && _builder.AreLetterPairs() ? _notAvailable : 0;

    /// <summary>What else people should know of the column; null for nothing.</summary>
    public string? Warning => _warning;

    BackpropException NotANumber(ReadOnlySpan<char> cell, long line)
    {
        string what = !NumberEvidence.IsNumber(cell) ? $"is not a number; {WhatToDo(cell)}."
            : _infers
                ? "is written in another way than the numbers before it; write all in one way and one unit, or say how by "
                    + "--numbers "
                + $"{FlagText.Of(Name, "…")}, with 1234.5 written as most are."
            : "is not written as the numbers of this column are known to be, 1234.5 as "
                + $"{_format?.ToString() ?? $"1234{_context.DecimalSign}5"}; if the file writes them in another way, say so by "
                + $"--numbers {FlagText.Of(Name, "…")}, with 1234.5 written as it does.";
        return _context.AtCell(line, Name, $"{CsvContext.Quoted(cell)} {what}");
    }

    string WhatToDo(ReadOnlySpan<char> cell)
    {
        string asNames = _given == ColumnKind.Category || _format is not null
            ? ""
            : $", or --types {FlagText.Of(Name, "category")} if the column holds names";
        return $"correct the cell, or use {MissingTokens.Advice(cell.ToString())} if it means missing{asNames}";
    }
}
