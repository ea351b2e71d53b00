using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>
/// Reads the cells of one CSV column as numbers for as long as they are, else as texts. A column that begins with numbers and
/// goes on with texts is only counted to its end: it has to be read again as texts, which also tell whether they are numbers
/// written with separators or units; then it is read once more, as those.
/// </summary>
sealed partial class CsvColumn
{
    // From this share of numbers on, a column of numbers and texts is one of numbers with mistakes in it.
    const double MostlyNumbers = 0.95;
    const int EnoughCells = 20;

    // So many cells are read as they are written before they are taken as numbers.
    const int EnoughSeen = 32;

    // So few different texts with a unit, each of some rows, are classes where the column may be one of labels.
    const int FewClasses = 20;

    readonly CsvContext _context;
    readonly int _columns;
    readonly ColumnKind? _given;
    readonly string? _reasonForUnused;
    readonly ColumnBuilder _builder;
    readonly TextStore? _texts;
    readonly bool _infers;
    readonly bool _findsCodes;
    NumberFormat? _format;
    double[] _taken = [];
    int _takenCount;
    Mode _mode;
    string? _code;
    (string Text, double Value)? _dressed;
    string? _warning;
    string? _refusal;
    bool _isFormFound;
    int _seen;
    bool _hasOtherFraction;
    long _marks;
    long _notAvailable;

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
        _format = context.FormatOf(name);
        _given = given ??= _format is null || context.MayBeLabels(name) ? null : ColumnKind.Number;
        _reasonForUnused = reasonForUnused;
        _texts = keepText ? new TextStore() : null;
        _builder = new ColumnBuilder(name, columns, unlimited: given is not null);
        _infers = _format is null && given is null or ColumnKind.Number && !context.AreLabels(name);
        _findsCodes = _format is null && given is null;
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

    /// <summary>Whether every cell so far is missing.</summary>
    public bool IsMissing => _mode == Mode.Undecided;

    /// <summary>Whether it may be an index, see <see cref="ColumnBuilder.MayBeIndex"/>.</summary>
    public bool MayBeIndex
    {
        get => _builder.MayBeIndex;
        init => _builder.MayBeIndex = value;
    }

    /// <summary>Takes the trimmed cell of the next row.</summary>
    public void Add(ReadOnlySpan<char> cell, long line)
    {
        AddTaken();
        _texts?.Add(cell);
        if (_context.Missing.Contains(cell))
        {
            _notAvailable += cell is "NA" ? 1 : 0;
            _builder.AddMissing(cell);
            return;
        }

        bool isMark = _context.MissingInNumbers.Contains(cell);
        if (_mode == Mode.Undecided && !isMark)
            Begin(cell);
        switch (_mode)
        {
            case Mode.Undecided or Mode.Numbers when isMark:
                _marks++;
                _builder.AddMissing();
                break;
            case Mode.Numbers:
                AddToNumbers(cell, line);
                break;
            case Mode.Texts:
                AddToTexts(cell, line, isMark);
                break;
            default:
                _builder.AddText(cell);
                break;
        }
    }

    /// <summary>
    /// Whether the column takes numbers that are read already: not before some cells were seen as they are written, which mostly
    /// tells that points part no thousands, so that the file need not be read again to find that out.
    /// </summary>
    public bool TakesNumbers => _mode == Mode.Numbers && _texts is null && IsUsual && (_seen >= EnoughSeen || _hasOtherFraction);

    /// <summary>Whether its numbers are digits with the decimal sign of all.</summary>
    public bool IsUsual => _format is null || (_format.IsPlain && _format.Decimal == _context.DecimalSign);

    /// <summary>Takes the number in the next row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeNumber(double value)
    {
        if (_takenCount == _taken.Length)
            MakeRoom();
        _taken[_takenCount++] = value;
    }

    /// <summary>Ends the column after its last cell.</summary>
    public void Close()
    {
        AddTaken();
        bool isCode = _code is not null && _format is null && !_builder.HasFractions();
        if (isCode || (_mode == Mode.Undecided && _marks > 0))
            TurnToTexts();
    }

    /// <summary>Refuses a column of numbers with a few texts among them: a mistake in the file, not a set of names.</summary>
    public void RefuseStrayTexts()
    {
        if (!_infers || NeedsNumbers || _mode != Mode.Texts)
            return;
        long cells = Evidence.Numbers + Evidence.Others;
        (string text, long line) = Evidence.Others > 0 ? Evidence.FirstOther : Evidence.OtherUnit;
        if (_given == ColumnKind.Number && line > 0)
            throw NotANumber(text, line);
        bool areNames = Evidence.Code is not null || _context.MayBeLabels(Name);
        if (Evidence.Others == 0 || areNames || cells < EnoughCells || Evidence.Numbers < MostlyNumbers * cells)
            return;
        throw _context.AtCell(
            line, Name,
            $"{CsvContext.Quoted(text)} is not a number, but {Evidence.Numbers} of the column's {cells} cells are; "
            + $"{WhatToDo(text)}.");
    }

    /// <summary>The column, after its last cell.</summary>
    public Column Finish()
    {
        Column column = _mode switch
        {
            Mode.Unused => _builder.FinishUnused(_given ?? ColumnKind.Text, _reasonForUnused!, _texts),
            Mode.Texts when _refusal is not null => _builder.FinishUnused(ColumnKind.Text, _refusal, _texts),
            Mode.Texts =>
                _builder.FinishTexts(_given, _texts, IsOfCodes ? $", codes such as {CsvContext.Quoted(Evidence.Code)}" : ""),
            _ => _builder.FinishNumbers(_given, _texts, areDressed: _dressed is not null),
        };
        column.NumberFormat = _mode == Mode.Numbers && (!IsUsual || _dressed is not null) ? _format : null;
        column.Refusal = _refusal;
        column.IsKindGiven = _given is not null;
        column.NumberCells = (Evidence.Numbers, Evidence.Others);
        return column;
    }

    // Texts with a few digits among them are no surprise.
    bool IsOfCodes => Evidence.Code is not null && Evidence.Numbers > Evidence.Others;

    void Begin(ReadOnlySpan<char> cell)
    {
        if (Syntax(cell, out _) is NumberSyntax.Finite or NumberSyntax.TooLarge)
            _mode = Mode.Numbers;
        else if (_marks > 0)
            TurnToTexts();
        else
            _mode = Mode.Texts;
    }

    void TurnToTexts()
    {
        _mode = Mode.NumbersThenTexts;
        _builder.Forget();
    }

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
        _takenCount = 0;
    }

    void AddToNumbers(ReadOnlySpan<char> cell, long line)
    {
        switch (Syntax(cell, out double value))
        {
            case NumberSyntax.Finite:
                _builder.AddNumber(value);
                if (_seen < EnoughSeen)
                {
                    _seen++;
                    _hasOtherFraction |= DigitStyles.IsFraction(cell);
                }

                if (_findsCodes && NumberText.IsCode(cell))
                    _code ??= cell.ToString();
                if (_format is not null && _dressed is null
                    && (NumberText.Parse(cell, _context.DecimalSign, out double plain) != NumberSyntax.Finite || plain != value))
                {
                    _dressed = (cell.ToString(), value);
                }

                break;
            case NumberSyntax.TooLarge:
                throw _context.AtCell(
                    line, Name, $"{CsvContext.Quoted(cell)} is too large, numbers end near 1.8e308; {WhatToDo(cell)}.");
            case NumberSyntax.Infinity:
                throw _context.AtCell(
                    line, Name, $"{CsvContext.Quoted(cell)} is infinite, which is no value for a network; {WhatToDo(cell)}.");
            default:
                if (_given is not null && !_infers && _context.TakesStrays(Name) && !NumberEvidence.IsNumber(cell))
                {
                    _builder.AddStray(cell);
                    break;
                }

                if (_isFormFound || (_given is not null && !_infers))
                    throw NotANumber(cell, line);
                TurnToTexts();
                _builder.AddText(cell);
                break;
        }
    }

    void AddToTexts(ReadOnlySpan<char> cell, long line, bool isMark)
    {
        if (_given == ColumnKind.YesNo && !YesNoWords.TryParse(cell, out _))
        {
            throw _context.AtCell(
                line,
                Name,
                $"{CsvContext.Quoted(cell)} is neither yes nor no (yes/no, true/false, on/off, 1/0, ja/nein …); "
                + $"{WhatToDo(cell)}.");
        }

        _builder.AddText(cell);
        if (_infers && !isMark)
            Evidence.Add(cell, line);
    }

    NumberSyntax Syntax(ReadOnlySpan<char> cell, out double value) =>
        _format is null ? NumberText.Parse(cell, _context.DecimalSign, out value) : _format.Read(cell, out value);
}
