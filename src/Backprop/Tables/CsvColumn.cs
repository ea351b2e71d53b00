using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Reads the cells of one CSV column as numbers for as long as they are, else as texts. A column that begins with numbers
/// and goes on with texts is only counted to its end: its texts have to be read again.
/// </summary>
sealed class CsvColumn
{
    // From this share of numbers on, a column of numbers and texts is one of numbers with mistakes in it.
    const double MostlyNumbers = 0.95;
    const int EnoughCells = 20;

    readonly CsvContext _context;
    readonly int _columns;
    readonly ColumnKind? _given;
    readonly string? _reasonForUnused;
    readonly ColumnBuilder _builder;
    readonly TextStore? _texts;
    double[] _taken = [];
    int _takenCount;
    Mode _mode;
    long _numbers;
    long _others;
    long _firstOtherLine;
    string _firstOther = "";

    /// <summary>A column about to be read.</summary>
    /// <param name="context">What the columns share.</param>
    /// <param name="name">Its name.</param>
    /// <param name="index">Its place in the file, from 0.</param>
    /// <param name="columns">The number of columns that are read.</param>
    /// <param name="given">Its kind, where that is not to be inferred.</param>
    /// <param name="keepText">Whether the text of its cells is kept.</param>
    /// <param name="reasonForUnused">Why nothing but its text is wanted; null where its cells are.</param>
    public CsvColumn(
        CsvContext context, string name, int index, int columns, ColumnKind? given, bool keepText, string? reasonForUnused)
    {
        _context = context;
        _columns = columns;
        _given = given;
        _reasonForUnused = reasonForUnused;
        _texts = keepText ? new TextStore() : null;
        _builder = new ColumnBuilder(name, columns, unlimited: given is not null);
        Name = name;
        Index = index;
        _mode = given switch
        {
            _ when reasonForUnused is not null => Mode.Unused,
            ColumnKind.Number => Mode.Numbers,
            ColumnKind.Category or ColumnKind.YesNo => Mode.Texts,
            _ => Mode.Undecided,
        };
        if (_mode == Mode.Unused)
            _builder.Forget();
    }

    enum Mode
    {
        /// <summary>All cells so far are missing.</summary>
        Undecided,

        /// <summary>All are numbers, and so far kept as such.</summary>
        Numbers,

        /// <summary>The first was a text, and all are kept as texts.</summary>
        Texts,

        /// <summary>They were numbers at first: they are only counted now.</summary>
        NumbersThenTexts,

        /// <summary>Nobody wants them.</summary>
        Unused,
    }

    public string Name { get; }

    /// <summary>The place in the file, from 0.</summary>
    public int Index { get; }

    /// <summary>Whether the file has to be read again for this column, as texts.</summary>
    public bool NeedsTexts => _mode == Mode.NumbersThenTexts;

    /// <summary>Takes the trimmed cell of the next row.</summary>
    public void Add(ReadOnlySpan<char> cell, long line)
    {
        AddTaken();
        _texts?.Add(cell);
        if (_context.Missing.Contains(cell))
        {
            _builder.AddMissing();
            return;
        }

        if (_mode == Mode.Undecided)
            _mode = Syntax(cell, out _) is NumberSyntax.Finite or NumberSyntax.TooLarge ? Mode.Numbers : Mode.Texts;
        switch (_mode)
        {
            case Mode.Numbers:
                AddToNumbers(cell, line);
                break;
            case Mode.Texts:
                AddToTexts(cell, line);
                break;
            case Mode.NumbersThenTexts:
                CountOnly(cell, line);
                break;
            default:
                _builder.AddText(cell);
                break;
        }
    }

    /// <summary>Whether the column takes numbers that are read already.</summary>
    public bool TakesNumbers => _mode == Mode.Numbers && _texts is null;

    /// <summary>Takes the number in the next row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeNumber(double value)
    {
        if (_takenCount == _taken.Length)
            MakeRoom();
        _taken[_takenCount++] = value;
    }

    /// <summary>The same column to be read again, as texts.</summary>
    public CsvColumn ToReadAsTexts() => new(_context, Name, Index, _columns, _given, _texts is not null, _reasonForUnused)
    {
        _mode = Mode.Texts,
    };

    /// <summary>Ends the column after its last cell.</summary>
    public void Close() => AddTaken();

    /// <summary>Refuses a column of numbers with a few texts among them: a mistake in the file, not a set of names.</summary>
    public void RefuseStrayTexts()
    {
        if (_given == ColumnKind.Number && _others > 0 && _numbers == 0)
            throw NotANumber(_firstOther, _firstOtherLine);
        long cells = _numbers + _others;
        if (_given is not null || _others == 0 || cells < EnoughCells || _numbers < MostlyNumbers * cells)
            return;
        throw _context.AtCell(
            _firstOtherLine,
            Name,
            $"{CsvContext.Quoted(_firstOther)} is not a number, but {_numbers} of the column's {cells} cells are; "
            + $"{WhatToDo(_firstOther)}.");
    }

    /// <summary>The column, after its last cell.</summary>
    public Column Finish() => _mode switch
    {
        Mode.Unused => _builder.FinishUnused(_given ?? ColumnKind.Text, _reasonForUnused!, _texts),
        Mode.Texts => _builder.FinishTexts(_given, _texts, LooksLikeOtherDecimal(_firstOther) ? $", {OtherDecimalAdvice}" : ""),
        _ => _builder.FinishNumbers(_given, _texts),
    };

    // Not before it is needed: a file of a few megabytes can have a hundred thousand columns.
    void MakeRoom()
    {
        const int Some = 32, ManyColumns = 4096;
        if (_taken.Length == 0)
            _taken = new double[_columns > ManyColumns ? 2 : Some];
        AddTaken();
    }

    void AddTaken()
    {
        _builder.AddNumbers(_taken.AsSpan(0, _takenCount));
        _numbers += _takenCount;
        _takenCount = 0;
    }

    void AddToNumbers(ReadOnlySpan<char> cell, long line)
    {
        switch (Syntax(cell, out double value))
        {
            case NumberSyntax.Finite:
                _numbers++;
                _builder.AddNumber(value);
                break;
            case NumberSyntax.TooLarge:
                throw _context.AtCell(
                    line, Name, $"{CsvContext.Quoted(cell)} is too large, numbers end near 1.8e308; {WhatToDo(cell)}.");
            case NumberSyntax.Infinity:
                throw _context.AtCell(
                    line, Name, $"{CsvContext.Quoted(cell)} is infinite, which is no value to learn from; {WhatToDo(cell)}.");
            default:
                if (_given is not null)
                {
                    AddStray(cell, line);
                    break;
                }

                _mode = Mode.NumbersThenTexts;
                _builder.Forget();
                CountOnly(cell, line);
                break;
        }
    }

    void AddStray(ReadOnlySpan<char> cell, long line)
    {
        if (!_context.TakesStrays(Name) || LooksLikeOtherDecimal(cell))
            throw NotANumber(cell, line);
        CountOnly(cell, line);
        _builder.AddStray(cell);
    }

    BackpropException NotANumber(ReadOnlySpan<char> cell, long line) =>
        _context.AtCell(line, Name, $"{CsvContext.Quoted(cell)} is not a number; {WhatToDo(cell)}.");

    void AddToTexts(ReadOnlySpan<char> cell, long line)
    {
        if (_given == ColumnKind.YesNo && !YesNoWords.TryParse(cell, out _))
        {
            throw _context.AtCell(
                line,
                Name,
                $"{CsvContext.Quoted(cell)} is neither yes nor no (yes/no, true/false, on/off, 1/0, ja/nein …); {WhatToDo(cell)}.");
        }

        _builder.AddText(cell);
        if (_given is null)
            CountOnly(cell, line);
    }

    void CountOnly(ReadOnlySpan<char> cell, long line)
    {
        if (Syntax(cell, out _) is NumberSyntax.Finite or NumberSyntax.TooLarge)
        {
            _numbers++;
        }
        else if (_others++ == 0)
        {
            _firstOther = cell.ToString();
            _firstOtherLine = line;
        }
    }

    NumberSyntax Syntax(ReadOnlySpan<char> cell, out double value) => NumberText.Parse(cell, _context.DecimalSign, out value);

    string WhatToDo(ReadOnlySpan<char> cell)
    {
        if (LooksLikeOtherDecimal(cell))
            return OtherDecimalAdvice;
        string asNames = _given == ColumnKind.Category ? "" : $", or --types {Name}=category if the column holds names";
        return $"correct the cell, or use --missing {CsvContext.Quoted(cell)} if it means missing{asNames}";
    }

    bool LooksLikeOtherDecimal(ReadOnlySpan<char> cell)
        => NumberText.Parse(cell, _context.DecimalSign == ',' ? '.' : ',', out _) == NumberSyntax.Finite;

    string OtherDecimalAdvice => _context.DecimalSign == ','
        ? "use --decimal . if the point is the decimal sign"
        : "use --decimal , if the comma is the decimal sign";
}
